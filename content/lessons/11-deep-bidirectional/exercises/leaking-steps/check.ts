const leakDraws = rng("leak check");
const numbers = (n: number) => Array.from({ length: n }, () => leakDraws.normal());
type Predict = (x: number[]) => number[];
/** An honest running state, and what a leak adds to it at each step. */
const modelWith =
  (leak: (x: number[], t: number) => number): Predict =>
  (x) => {
    let h = 0;
    return x.map((value, t) => (h = Math.tanh(0.7 * h + value)) + leak(x, t));
  };
const causal = modelWith(() => 0);
const finds = (predict: Predict, x: number[], wanted: number[]) => {
  const found = leakingSteps(predict, [...x]);
  const text = (list: number[]) => (list?.length ? `steps ${list.join(", ")}` : "no step");
  return (
    (Array.isArray(found) && found.length === wanted.length && wanted.every((t, k) => found[k] === t)) ||
    `it found ${text(found)}; ${text(wanted)} of ${x.length} should be there`
  );
};
const upTo = (n: number) => Array.from({ length: n }, (_, t) => t);
check("a causal model leaks at no step", () => finds(causal, numbers(9), []));
check("a model that sees one input ahead leaks at every step but the last", () =>
  finds(
    modelWith((x, t) => x[t + 1] ?? 0),
    numbers(8),
    upTo(7),
  ),
);
check("a model that adds up all inputs leaks too", () =>
  finds(
    modelWith((x) => 0.1 * x.reduce((a, b) => a + b, 0)),
    numbers(6),
    upTo(5),
  ),
);
check("a leak at one step only is found there", () =>
  finds(
    modelWith((x, t) => (t === 4 ? x[5]! : 0)),
    numbers(9),
    [4],
  ),
);
check("a faint leak counts", () =>
  finds(
    modelWith((x, t) => 1e-7 * (x[t + 1] ?? 0)),
    numbers(7),
    upTo(6),
  ),
);
check("a leak that answers to lower inputs only is found", () =>
  finds(
    modelWith((x, t) => Math.min(0, (x[t + 1] ?? 0) + 1)),
    [0.2, 0.5, 0.1, 0.4, 0.3],
    upTo(4),
  ),
);
check("x stays as it is", () => {
  const given = numbers(5);
  const copy = [...given];
  leakingSteps(causal, given);
  return given.every((value, k) => value === copy[k]) || "leakingSteps changed x";
});
