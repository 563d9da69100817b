const measured = (factor: number, limit: number) => {
  let size = 1;
  for (let lag = 0; lag <= 100000; lag++) {
    if (size < limit) return lag;
    size *= factor;
  }
  return Infinity;
};
const agrees = (factor: number, limit: number) => {
  const given = lagBelow(factor, limit);
  const right = measured(factor, limit);
  return (
    given === right || `lagBelow(${factor}, ${limit}) gave ${given}; walking step by step gives ${right}`
  );
};
check("it agrees with walking step by step at ρ = 0.9", () => agrees(0.9, 1e-3));
check(
  "it agrees for other radii",
  () => [0.31, 0.77, 0.985].map((r) => agrees(r, 2e-3)).find((r) => r !== true) ?? true,
);
check(
  "it agrees for other thresholds",
  () => [0.4, 3e-5, 1e-8].map((l) => agrees(0.83, l)).find((r) => r !== true) ?? true,
);
check(
  "a gradient that does not shrink never gets there",
  () =>
    (lagBelow(1, 1e-3) === Infinity && lagBelow(1.2, 1e-3) === Infinity) ||
    `lagBelow(1, 0.001) gave ${lagBelow(1, 1e-3)}, expected Infinity`,
);
