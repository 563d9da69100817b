const draws = rng("cosine check");
const random = (n: number) => Array.from({ length: n }, () => draws.normal());
check("two equal directions give 1, opposite ones −1", () => {
  const u = random(5);
  const values = [
    cosine(
      u,
      u.map((x) => 3 * x),
    ),
    cosine(
      u,
      u.map((x) => -0.5 * x),
    ),
  ];
  return close(values, [1, -1], 1e-9) || `u with 3u and with −u/2 gave ${values.join(" and ")}`;
});
check("a right angle gives 0", () => {
  const value = cosine([1, 2, 0], [-2, 1, 7]);
  return close(value, 0, 1e-12) || `[1, 2, 0] and [−2, 1, 7] gave ${value}`;
});
check("45 degrees give √½, whatever the lengths", () => {
  const value = cosine([4, 0], [0.1, 0.1]);
  return close(value, Math.SQRT1_2, 1e-9) || `[4, 0] and [0.1, 0.1] gave ${value}, expected ${Math.SQRT1_2}`;
});
check("random vectors give their cosine", () => {
  const [u, v] = [random(20), random(20)];
  const expected = embeddings.cosine(u, v);
  return close(cosine(u, v), expected, 1e-9) || `got ${cosine(u, v)}, expected ${expected}`;
});
check("a vector of zeros gives 0", () => {
  const value = cosine([0, 0], [1, 2]);
  return value === 0 || `got ${value}`;
});
