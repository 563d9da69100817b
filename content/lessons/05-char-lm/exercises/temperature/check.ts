const softmaxAt = (logits: number[], temperature: number) => {
  const scaled = logits.map((logit) => logit / temperature);
  const top = Math.max(...scaled);
  const powers = scaled.map((value) => Math.exp(value - top));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / sum);
};
const shares = (logits: number[], temperature: number) => {
  const counts = logits.map(() => 0);
  for (let k = 0; k < 1000; k++) {
    const index = sample(logits, temperature, (k + 0.5) / 1000);
    if (!Number.isInteger(index) || index < 0 || index >= logits.length)
      return `sample gave ${index}, which is no index`;
    counts[index]! += 1 / 1000;
  }
  return counts;
};
const follows = (logits: number[], temperature: number) => {
  const found = shares(logits, temperature);
  if (typeof found === "string") return found;
  const wanted = softmaxAt(logits, temperature);
  const worst = wanted.findIndex((p, k) => Math.abs(p - found[k]!) > 0.0025);
  if (worst < 0) return true;
  return `index ${worst} came in ${(100 * found[worst]!).toFixed(1)} % of evenly spread u, expected ${(100 * wanted[worst]!).toFixed(1)} %`;
};
check("at temperature 1 each index comes as often as the softmax says", () => follows([1, 2, 0.5, -1], 1));
check("a low temperature prefers the likeliest index", () => follows([1, 2, 0.5, -1], 0.4));
check("a high temperature levels the choice", () => follows([1, 2, 0.5, -1], 3));
check("logits of 1000 do not overflow", () => follows([1000, 999, 990], 1));
check("u close to 1 still gives an index", () => {
  const index = sample([0, 0, 0], 1, 1 - 1e-12);
  return index === 2 || `u just below 1 gave ${index}, expected the last index, 2`;
});
