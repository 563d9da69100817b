const source = rng("perplexity check");
const rows = (T: number, size: number) =>
  Array.from({ length: T }, () => {
    const weights = Array.from({ length: size }, () => 0.05 + source.uniform());
    const total = weights.reduce((sum, w) => sum + w, 0);
    return weights.map((w) => w / total);
  });
const tokens = (T: number, size: number) => Array.from({ length: T }, () => source.integer(size));
const uniformRows = (T: number, size: number) =>
  Array.from({ length: T }, () => Array.from({ length: size }, () => 1 / size));
const isUniform = (T: number, size: number) => {
  const given = perplexityOf(uniformRows(T, size), tokens(T, size));
  return (
    close(given, size, 1e-6) ||
    `the uniform model over ${size} tokens got ${given} on ${T} predictions, expected ${size}`
  );
};
check("the uniform model gets |V|", () => isUniform(12, 27));
check(
  "it gets |V| for any number of predictions, a single one too",
  () => [isUniform(1, 4), isUniform(2, 77), isUniform(50, 10)].find((r) => r !== true) ?? true,
);
check("a model that is certain and right gets 1", () => {
  const given = perplexityOf(
    [
      [0, 1, 0],
      [1, 0, 0],
    ],
    [1, 0],
  );
  return close(given, 1, 1e-9) || `it got ${given}`;
});
check("it is the geometric mean of 1 / p", () => {
  const [probabilities, targets] = [rows(9, 6), tokens(9, 6)];
  const logs = targets.map((v, t) => Math.log(probabilities[t]![v]!));
  const right = Math.exp(-logs.reduce((sum, x) => sum + x, 0) / 9);
  const given = perplexityOf(probabilities, targets);
  return close(given, right, 1e-6) || `nine predictions got ${given}, expected ${right}`;
});
check("an impossible token gives Infinity", () => {
  const given = perplexityOf(
    [
      [0.5, 0.5, 0],
      [0.2, 0.3, 0.5],
    ],
    [2, 1],
  );
  return given === Infinity || `it got ${given}`;
});
check("ten thousand predictions do not underflow", () => {
  const given = perplexityOf(uniformRows(10000, 20), tokens(10000, 20));
  // close() takes Infinity for near to anything
  return (
    (Number.isFinite(given) && close(given, 20, 1e-6)) || `the uniform model over 20 tokens got ${given}`
  );
});
