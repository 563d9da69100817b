function posterior(logLikelihoods: number[], _prior: number[]): number[] {
  const most = Math.max(...logLikelihoods);
  const powers = logLikelihoods.map((value) => Math.exp(value - most));
  const total = powers.reduce((sum, p) => sum + p, 0);
  return powers.map((p) => p / total);
}
