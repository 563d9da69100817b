const attendDraws = rng("attend check");
const attendNormals = (n: number) => Array.from({ length: n }, () => attendDraws.normal());
const attendKeys = Array.from({ length: 6 }, () => attendNormals(3));
const attendQuery = attendNormals(3);
const attendAllKept = [1, 1, 1, 1, 1, 1];
const attendTotal = (row: number[]) => row.reduce((sum, a) => sum + a, 0);
const attendFlat = Float64Array.from(attendKeys.flat());
const attendOracle = (mask: number[]) => {
  const size = { batchSize: 1, timesteps: 1, sourceLength: 6 };
  const input = { ...size, queries: Float64Array.from(attendQuery), keys: attendFlat, mask };
  const { alpha, context } = attention.forward(input, { kind: "dot" });
  return { alpha: [...alpha], context: [...context] };
};
check("the weights add up to one", () => {
  const sum = attendTotal(attend(attendQuery, attendKeys, attendAllKept).alpha);
  return close(sum, 1, 1e-9) || `they add up to ${sum}`;
});
check("they are the softmax of the dot products", () => {
  const { alpha } = attend(attendQuery, attendKeys, attendAllKept);
  return (
    close(alpha, attendOracle(attendAllKept).alpha, 1e-9) || "the weights differ from exp(query · key) / sum"
  );
});
check("the context is the weighted mean of the keys", () => {
  const { context } = attend(attendQuery, attendKeys, attendAllKept);
  return close(context, attendOracle(attendAllKept).context, 1e-9) || "the context is not Σ alpha · key";
});
check("a masked key gets exactly 0, and the others still add up to one", () => {
  const mask = [1, 0, 1, 0, 0, 1];
  const { alpha, context } = attend(attendQuery, attendKeys, mask);
  if (mask.some((keep, s) => !keep && alpha[s] !== 0)) return "a key with mask 0 got some weight";
  if (!close(attendTotal(alpha), 1, 1e-9)) return `the kept weights add up to ${attendTotal(alpha)}`;
  return close(context, attendOracle(mask).context, 1e-9) || "the context holds something of a masked key";
});
check("scores of a thousand are no problem", () => {
  const { alpha } = attend([1000], [[1], [-1], [0.999]], [1, 1, 1]);
  return (
    close(alpha, [1 / (1 + Math.exp(-1)), 0, Math.exp(-1) / (1 + Math.exp(-1))], 1e-9) ||
    `alpha became ${alpha}`
  );
});
check("with nothing to look at, weights and context are zeros", () => {
  const { alpha, context } = attend(attendQuery, attendKeys, [0, 0, 0, 0, 0, 0]);
  return [...alpha, ...context].every((x) => x === 0) || `got ${[...alpha, ...context]}`;
});
