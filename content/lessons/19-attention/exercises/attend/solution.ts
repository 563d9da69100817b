function attend(query: number[], keys: number[][], mask: number[]) {
  const scores = keys.map((key) => key.reduce((sum, k, i) => sum + k * query[i], 0));
  const most = Math.max(...scores.filter((_, s) => mask[s]));
  const powers = scores.map((e, s) => (mask[s] ? Math.exp(e - most) : 0));
  const total = powers.reduce((sum, p) => sum + p, 0);
  const alpha = powers.map((p) => (total > 0 ? p / total : 0));
  const context = query.map((_, i) => keys.reduce((sum, key, s) => sum + alpha[s] * key[i], 0));
  return { alpha, context };
}
