const convertDraws = rng("convert check");
const convertRows = (rows: number, columns: number) =>
  Array.from({ length: rows }, () => Array.from({ length: columns }, () => convertDraws.normal()));
/** A step in the other convention: z near 1 replaces. */
const replacingStep = (x: number[], hOld: number[], given: GruWeights, size: number) => {
  const sigma = (a: number) => 1 / (1 + Math.exp(-a));
  const column = (rows: number[][], u: number[], k: number) =>
    rows.reduce((sum, row, j) => sum + u[j]! * row[k]!, 0);
  const gate = (block: number, k: number) =>
    sigma(
      column(given.Wx, x, block * size + k) +
        column(given.Wh, hOld, block * size + k) +
        given.b[block * size + k]!,
    );
  const ofReset = hOld.map((value, k) => gate(0, k) * value);
  return hOld.map((value, k) => {
    const at = 2 * size + k;
    const candidate = Math.tanh(column(given.Wx, x, at) + column(given.Wh, ofReset, at) + given.b[at]!);
    const update = gate(1, k);
    return update * candidate + (1 - update) * value;
  });
};
const ownStep = (x: number[], hOld: number[], made: GruWeights) => {
  const flat = {
    Wx: Float64Array.from(made.Wx.flat()),
    Wh: Float64Array.from(made.Wh.flat()),
    b: Float64Array.from(made.b),
  };
  return [...nn.ref.gruStep({ x: Float64Array.from(x), hPrev: Float64Array.from(hOld) }, flat, "before").h];
};
const convertCase = (D: number, size: number) => ({
  given: { Wx: convertRows(D, 3 * size), Wh: convertRows(size, 3 * size), b: convertRows(1, 3 * size)[0]! },
  x: convertRows(1, D)[0]!,
  hOld: convertRows(1, size)[0]!,
});
check("one step gives the same state to six digits, for several sizes", () => {
  for (const [D, size] of [
    [2, 1],
    [3, 4],
    [5, 7],
  ] as const) {
    const { given, x, hOld } = convertCase(D, size);
    const [theirs, ours] = [replacingStep(x, hOld, given, size), ownStep(x, hOld, convert(given, size))];
    if (!close(ours, theirs, 1e-6))
      return `for ${size} units: ${ours.map((v) => v.toFixed(3))} instead of ${theirs.map((v) => v.toFixed(3))}`;
  }
  return true;
});
check("twenty steps in a row agree too", () => {
  const { given } = convertCase(3, 4);
  const made = convert(given, 4);
  let [theirs, ours] = [
    [0, 0, 0, 0],
    [0, 0, 0, 0],
  ];
  for (let step = 0; step < 20; step++) {
    const x = convertRows(1, 3)[0]!;
    [theirs, ours] = [replacingStep(x, theirs, given, 4), ownStep(x, ours, made)];
  }
  return close(ours, theirs, 1e-6) || "they drift apart";
});
check("the weights that were given are not changed", () => {
  const { given } = convertCase(2, 3);
  const copy = structuredClone(given);
  convert(given, 3);
  return (
    close(
      [...given.Wx.flat(), ...given.Wh.flat(), ...given.b],
      [...copy.Wx.flat(), ...copy.Wh.flat(), ...copy.b],
    ) || "convert changed its argument"
  );
});
check("converting twice gives the first weights back", () => {
  const { given } = convertCase(2, 3);
  const twice = convert(convert(given, 3), 3);
  return close(twice.b, given.b) || "it is not its own inverse";
});
