const draws = rng("clip check");
const random = (scale: number) =>
  [3, 5, 2].map((n) => Array.from({ length: n }, () => scale * draws.normal()));
const total = (parts: number[][]) => Math.sqrt(parts.flat().reduce((sum, x) => sum + x * x, 0));
check("a gradient within the limit is left as it is", () => {
  const small = random(0.01);
  return close(clip(small, 1).flat(), small.flat()) || "a gradient with a small norm was changed";
});
check("a longer one comes out with exactly the limit as its norm", () => {
  const norm = total(clip(random(10), 2));
  return close(norm, 2, 1e-9) || `the norm over all arrays is ${norm.toFixed(4)}, expected 2`;
});
check("its direction stays", () => {
  const large = random(10);
  const clipped = clip(large, 2);
  const factors = large.flat().map((x, k) => clipped.flat()[k]! / x);
  return (
    factors.every((f) => close(f, factors[0]!, 1e-9)) || "the numbers were not all scaled by the same factor"
  );
});
check(
  "zeros stay zeros",
  () =>
    clip([[0, 0], [0]], 1)
      .flat()
      .every((x) => x === 0) || "a zero gradient became something else",
);
check("the arrays that were given are not changed", () => {
  const given = random(10);
  const copy = structuredClone(given);
  clip(given, 1);
  return close(given.flat(), copy.flat()) || "clip changed its argument";
});
