const dice = rng("step check");
const table = (rows: number, columns: number) =>
  Array.from({ length: rows }, () => Array.from({ length: columns }, () => 0.7 * dice.normal()));
const weightsFor = (inputs: number, units: number) => ({
  Wx: table(inputs, units),
  Wh: table(units, units),
  b: table(1, units)[0]!,
});
const flat = (rows: number[][]) => Float64Array.from(rows.flat());
check("random batches of any size give the states of the course's own step", () => {
  for (const [rows, inputs, units] of [
    [1, 1, 1],
    [1, 3, 2],
    [4, 2, 5],
    [3, 6, 4],
  ] as const) {
    const own = weightsFor(inputs, units);
    const [given, before] = [table(rows, inputs), table(rows, units)];
    const expected = nn.ref.rnnStep(flat(given), flat(before), {
      Wx: flat(own.Wx),
      Wh: flat(own.Wh),
      b: Float64Array.from(own.b),
    });
    if (!close(step(given, before, own).flat(), [...expected], 1e-9))
      return `for B = ${rows}, D = ${inputs}, H = ${units} the states differ from eq. 1`;
  }
  return true;
});
check("a row of the batch does not depend on the other rows", () => {
  const own = weightsFor(3, 4);
  const [given, before] = [table(3, 3), table(3, 4)];
  const together = step(given, before, own);
  const wrong = given.findIndex((row, n) => !close(step([row], [before[n]!], own)[0]!, together[n]!, 1e-12));
  return wrong < 0 || `row ${wrong} alone gives another state than row ${wrong} in a batch of 3`;
});
check("states lie between −1 and 1", () => {
  const large = { Wx: [[50]], Wh: [[50]], b: [0] };
  const [[state]] = step([[1]], [[1]], large) as [[number]];
  return Math.abs(state) <= 1 || `weights of 50 gave a state of ${state}`;
});
check("with all weights zero only the bias is left", () => {
  const zero = {
    Wx: [[0, 0]],
    Wh: [
      [0, 0],
      [0, 0],
    ],
    b: [0.5, -1],
  };
  return (
    close(step([[3]], [[0.2, 0.4]], zero)[0]!, [Math.tanh(0.5), Math.tanh(-1)], 1e-9) ||
    "expected tanh(b) = 0.46, −0.76"
  );
});
check("the arrays that were given are not changed", () => {
  const [given, before] = [[[1, 2]], [[0.1, 0.2]]];
  const copy = structuredClone([given, before]);
  step(given, before, weightsFor(2, 2));
  return close([...given.flat(), ...before.flat()], copy.flat(2)) || "step changed its arguments";
});
