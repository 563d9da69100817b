const draws = rng("glove check");
const random = (n: number) => Array.from({ length: n }, () => draws.normal());
const lossOf = (theta: number[], e: number[], biases: number, x: number, xMax: number) => {
  const f = x < xMax ? (x / xMax) ** 0.75 : 1;
  return 0.5 * f * (theta.reduce((sum, u, k) => sum + u * e[k]!, 0) + biases - Math.log(x)) ** 2;
};
check("below x max the loss is weighted", () => {
  const [theta, e] = [random(5), random(5)];
  const [got, expected] = [gloveTerm(theta, e, 0.3, 4, 10).loss, lossOf(theta, e, 0.3, 4, 10)];
  return close(got, expected, 1e-9) || `the loss is ${got}, expected ${expected}`;
});
check("from x max on the weight is 1", () => {
  const [got, expected] = [gloveTerm([1, 2], [0.5, 1], 0, 40, 10).loss, lossOf([1, 2], [0.5, 1], 0, 40, 10)];
  return close(got, expected, 1e-9) || `x = 40, x max = 10: the loss is ${got}, expected ${expected}`;
});
check("the gradient is what differences give", () => {
  const [theta, e] = [random(4), random(4)];
  const expected = theta.map((_, k) => {
    const moved = (step: number) =>
      lossOf(
        theta.map((u, j) => (j === k ? u + step : u)),
        e,
        -0.2,
        7,
        20,
      );
    return (moved(1e-5) - moved(-1e-5)) / 2e-5;
  });
  const { gradient } = gloveTerm(theta, e, -0.2, 7, 20);
  return (
    close(gradient, expected, 1e-6) ||
    `got ${gradient.map((g) => g.toFixed(4))}, differences give ${expected.map((g) => g.toFixed(4))}`
  );
});
check("a count of 0 costs nothing and moves nothing", () => {
  const { loss, gradient } = gloveTerm([1, 2], [3, 4], 1, 0, 10);
  return (
    (loss === 0 && gradient.every((g) => g === 0 || Object.is(g, -0))) ||
    `the loss is ${loss}, the gradient ${gradient}`
  );
});
