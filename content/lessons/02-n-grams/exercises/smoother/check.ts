const V_CHECK = 5;
const source = rng("smoother check");
const total = (p: number[]) => p.reduce((sum, x) => sum + x, 0);
const distribution = () => {
  const weights = Array.from({ length: V_CHECK }, () => 0.1 + source.uniform());
  return weights.map((w) => w / total(weights));
};
const someCounts = (most: number) => Array.from({ length: V_CHECK }, () => source.integer(most + 1));
const sumsToOne = (counts: number[], shorter: number[]) => {
  const p = smooth([...counts], [...shorter]);
  if (!Array.isArray(p) || p.length !== counts.length) return `expected ${counts.length} probabilities`;
  if (!p.every((x) => x >= 0)) return `after counts ${counts.join(", ")} it gave ${p.join(", ")}`;
  return close(total(p), 1, 1e-9) || `after counts ${counts.join(", ")} the sum is ${total(p).toFixed(4)}`;
};
check("the probabilities add up to 1 in a context that was seen", () =>
  sumsToOne([3, 0, 1, 0, 0], distribution()),
);
check("they add up to 1 in a context that was never seen", () => sumsToOne([0, 0, 0, 0, 0], distribution()));
check("they add up to 1 in a hundred other contexts, and where every token was seen", () => {
  const contexts = [[4, 1, 1, 7, 2], ...Array.from({ length: 100 }, () => someCounts(source.integer(6)))];
  return contexts.map((counts) => sumsToOne(counts, distribution())).find((r) => r !== true) ?? true;
});
check("every token that the shorter context allows stays possible", () => {
  const p = smooth([8, 0, 0, 2, 0], distribution());
  return (
    p.every((x) => x > 0) || `after counts 8, 0, 0, 2, 0 it gave ${p.map((x) => x.toFixed(3)).join(", ")}`
  );
});
check("of two unseen tokens, the likelier after the shorter context is the likelier", () => {
  const p = smooth([3, 0, 0, 1, 0], [0.1, 0.5, 0.1, 0.1, 0.2]);
  return (p[1]! > p[4]! && p[4]! > p[2]!) || "the unseen tokens do not follow the shorter context";
});
check("many counts come near their shares", () => {
  const p = smooth([60000, 0, 30000, 10000, 0], distribution());
  const shares = [0.6, 0, 0.3, 0.1, 0];
  return (
    close(p, shares, 0.01) || `counts in 60 : 0 : 30 : 10 : 0 gave ${p.map((x) => x.toFixed(3)).join(", ")}`
  );
});
