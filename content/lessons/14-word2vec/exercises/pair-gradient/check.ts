const draws = rng("pair check");
const random = (n: number) => Array.from({ length: n }, () => draws.normal());
const make = () => ({ e: random(4), theta: Array.from({ length: 9 }, () => random(4)) });
const lossOf = (e: number[], theta: number[][], target: number, negatives: number[]) => {
  const score = (word: number) => theta[word]!.reduce((sum, x, k) => sum + x * e[k]!, 0);
  const minusLog = (x: number) => Math.log(1 + Math.exp(-x));
  return negatives.reduce((sum, word) => sum + minusLog(-score(word)), minusLog(score(target)));
};
const byDifferences = (e: number[], ...rest: [number[][], number, number[]]) =>
  e.map((_, k) => {
    const moved = (step: number) =>
      lossOf(
        e.map((x, j) => (j === k ? x + step : x)),
        ...rest,
      );
    return (moved(1e-5) - moved(-1e-5)) / 2e-5;
  });
check("with one negative it is what differences give", () => {
  const { e, theta } = make();
  const [got, expected] = [pairGradient(e, theta, 3, [5]), byDifferences(e, theta, 3, [5])];
  return (
    close(got, expected, 1e-6) ||
    `got ${got.map((x) => x.toFixed(4))}, differences give ${expected.map((x) => x.toFixed(4))}`
  );
});
check("with five negatives, one of them drawn twice, too", () => {
  const { e, theta } = make();
  const [got, expected] = [
    pairGradient(e, theta, 0, [1, 2, 2, 7, 8]),
    byDifferences(e, theta, 0, [1, 2, 2, 7, 8]),
  ];
  return (
    close(got, expected, 1e-6) ||
    `got ${got.map((x) => x.toFixed(4))}, differences give ${expected.map((x) => x.toFixed(4))}`
  );
});
check("a step against it makes the loss smaller", () => {
  const { e, theta } = make();
  const gradient = pairGradient(e, theta, 4, [1, 6]);
  const moved = e.map((x, k) => x - 0.01 * gradient[k]!);
  const [before, after] = [lossOf(e, theta, 4, [1, 6]), lossOf(moved, theta, 4, [1, 6])];
  return after < before || `the loss went from ${before.toFixed(4)} to ${after.toFixed(4)}`;
});
check("without negatives only the target pulls", () => {
  const gradient = pairGradient(
    [0, 0],
    [
      [1, 2],
      [5, 5],
    ],
    0,
    [],
  );
  return close(gradient, [-0.5, -1], 1e-9) || `e = [0, 0] and θ = [1, 2] gave ${gradient}, expected −0.5, −1`;
});
