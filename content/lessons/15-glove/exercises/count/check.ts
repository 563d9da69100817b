const words = "a b c a d b a".split(" ");
check("a neighbour next to it counts 1, on both sides", () => {
  const value = count(words, "c", "a", 1);
  return close(value, 1, 1e-12) || `c stands between b and a: got ${value}, expected 1`;
});
check("a neighbour at distance d counts 1/d", () => {
  const value = count(words, "c", "d", 3);
  return close(value, 0.5, 1e-12) || `d stands two after c: got ${value}, expected 0.5`;
});
check("nobody further than the window counts", () => {
  const value = count(words, "c", "d", 1);
  return value === 0 || `got ${value}`;
});
check("every occurrence counts, and the matrix is symmetric", () => {
  const [one, other] = [count(words, "a", "b", 3), count(words, "b", "a", 3)];
  return (
    (close(one, other, 1e-12) && close(one, 3, 1e-12)) ||
    `a with b: ${one}, b with a: ${other}, expected 3 for both`
  );
});
check("a word is not its own neighbour at distance 0", () => {
  const value = count(words, "a", "a", 3);
  return close(value, 4 / 3, 1e-12) || `a with a within 3: got ${value}, expected 4/3`;
});
