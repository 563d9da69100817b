const shiftCase = [7, 4, 9];
check("both sides are one longer than the target", () => {
  const { inputs, targets } = shift(shiftCase, 1, 2);
  return (
    (inputs.length === 4 && targets.length === 4) || `they have ${inputs.length} and ${targets.length} tokens`
  );
});
check("the decoder reads ⟨bos⟩ first, then the target", () => {
  const { inputs } = shift(shiftCase, 1, 2);
  return close(inputs, [1, 7, 4, 9]) || `it reads ${inputs}`;
});
check("it should say the target, then ⟨eos⟩", () => {
  const { targets } = shift(shiftCase, 1, 2);
  return close(targets, [7, 4, 9, 2]) || `it should say ${targets}`;
});
check("after reading token t it should say token t + 1: the sides are shifted by one", () => {
  const { inputs, targets } = shift([5, 5, 3, 8, 6], 0, 4);
  return inputs.slice(1).every((token, t) => token === targets[t]) || "input t + 1 is not target t";
});
check("an empty target is a single step: read ⟨bos⟩, say ⟨eos⟩", () => {
  const { inputs, targets } = shift([], 1, 2);
  return (close(inputs, [1]) && close(targets, [2])) || `got ${inputs} and ${targets}`;
});
check("the target that was given is not changed", () => {
  const given = [7, 4, 9];
  shift(given, 1, 2);
  return close(given, [7, 4, 9]) || `it became ${given}`;
});
