function sample(logits: number[], temperature: number, u: number): number {
  const scaled = logits.map((logit) => logit / temperature);
  const top = Math.max(...scaled);
  const powers = scaled.map((value) => Math.exp(value - top));
  const total = powers.reduce((a, b) => a + b, 0);
  let sum = 0;
  for (let k = 0; k < powers.length; k++) {
    sum += powers[k]! / total;
    if (u < sum) return k;
  }
  return powers.length - 1;
}
