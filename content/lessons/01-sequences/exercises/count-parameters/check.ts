const sizes = [
  [1, 3, 2],
  [2, 3, 2],
  [7, 5, 4],
  [40, 300, 128],
] as const;
check("shared weights are counted once, with their biases", () => {
  const wrong = sizes.find(([T, D, H]) => countParameters(T, D, H).shared !== D * H + H * H + H);
  return !wrong || `with T = ${wrong[0]}, D = ${wrong[1]}, H = ${wrong[2]} the shared count is not right`;
});
check("shared weights do not become more with the length", () => {
  const counts = [1, 10, 1000].map((T) => countParameters(T, 6, 5).shared);
  return new Set(counts).size === 1 || `for T = 1, 10 and 1000 they are ${counts.join(", ")}`;
});
check("a single layer of its own reads a token and no state", () => {
  const { own } = countParameters(1, 3, 2);
  return own === 3 * 2 + 2 || `for T = 1, D = 3, H = 2 expected 8, got ${own}`;
});
check("each further token brings one whole layer", () => {
  const grown = countParameters(8, 5, 4).own - countParameters(7, 5, 4).own;
  return grown === 40 || `from T = 7 to T = 8 with D = 5, H = 4 it should grow by 40, not by ${grown}`;
});
