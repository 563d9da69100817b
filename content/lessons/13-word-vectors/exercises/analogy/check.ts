const table = {
  man: [2, 0, 0.1],
  woman: [2, 2, 0.1],
  king: [1, 0, 5],
  queen: [1, 1, 5],
  fish: [-1, 4, -3],
};
check("man is to woman as king is to queen", () => {
  const answer = solve(table, "man", "woman", "king");
  return answer === "queen" || `the answer was ${answer}`;
});
check("and the other way round", () => {
  const answer = solve(table, "queen", "king", "woman");
  return answer === "man" || `queen : king = woman : ? gave ${answer}`;
});
check("the three words of the question are never the answer", () => {
  const near = { a: [1, 0], b: [1, 0.01], c: [0, 1], d: [-1, 0.1] };
  const answer = solve(near, "a", "b", "c");
  return answer === "d" || `only d was left, the answer was ${answer}`;
});
check("vectors are scaled to length 1 first", () => {
  const long = { a: [1, 0], b: [0, 100], c: [1, 1], up: [-0.3, 1.7], left: [0, 1] };
  const answer = solve(long, "a", "b", "c");
  return answer === "up" || `a long vector outweighed the others: the answer was ${answer}`;
});
check("the largest cosine wins, not the largest product", () => {
  const lengths = { a: [1, 0], b: [0, 1], c: [1, 0.2], right: [0.01, 0.5], huge: [40, 60] };
  const answer = solve(lengths, "a", "b", "c");
  return answer === "right" || `the answer was ${answer}`;
});
