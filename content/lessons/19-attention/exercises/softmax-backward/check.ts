const slopeDraws = rng("softmax backward check");
const slopeSoftmaxOf = (scores: number[]) => {
  const powers = scores.map((e) => Math.exp(e));
  const total = powers.reduce((sum, p) => sum + p, 0);
  return powers.map((p) => p / total);
};
const slopeCentral = (scores: number[], dalpha: number[]) =>
  scores.map((_, s) => {
    const lossAt = (step: number) =>
      slopeSoftmaxOf(scores.map((e, k) => (k === s ? e + step : e))).reduce(
        (sum, a, k) => sum + a * dalpha[k]!,
        0,
      );
    return (lossAt(1e-5) - lossAt(-1e-5)) / 2e-5;
  });
const slopeNormals = (n: number) => Array.from({ length: n }, () => slopeDraws.normal());
check("it agrees with central differences", () => {
  for (const n of [2, 3, 7]) {
    const [scores, dalpha] = [slopeNormals(n), slopeNormals(n)];
    const found = softmaxBackward(slopeSoftmaxOf(scores), dalpha);
    if (!close(found, slopeCentral(scores, dalpha), 1e-7))
      return `for ${n} scores: ${found.map((d) => d.toFixed(4)).join(", ")}; differences give ${slopeCentral(
        scores,
        dalpha,
      )
        .map((d) => d.toFixed(4))
        .join(", ")}`;
  }
  return true;
});
check("the gradients of all scores add up to zero: a constant added to every score changes nothing", () => {
  const found = softmaxBackward(slopeSoftmaxOf(slopeNormals(5)), slopeNormals(5));
  const sum = found.reduce((all, d) => all + d, 0);
  return close(sum, 0, 1e-9) || `they add up to ${sum}`;
});
check("a weight of 0, such as padding's, gets no gradient", () => {
  const [, second] = softmaxBackward([0.5, 0, 0.5], [1, 100, -1]);
  return second === 0 || `padding got ${second}`;
});
