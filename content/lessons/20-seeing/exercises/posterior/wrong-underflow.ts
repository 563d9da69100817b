function posterior(logLikelihoods: number[], prior: number[]): number[] {
  const powers = logLikelihoods.map((value, k) => Math.exp(value) * prior[k]!);
  const total = powers.reduce((sum, p) => sum + p, 0);
  return powers.map((p) => p / total);
}
