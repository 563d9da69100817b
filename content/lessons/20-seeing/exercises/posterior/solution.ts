function posterior(logLikelihoods: number[], prior: number[]): number[] {
  const logs = logLikelihoods.map((value, k) => value + Math.log(prior[k]!));
  const most = Math.max(...logs);
  const powers = logs.map((value) => Math.exp(value - most));
  const total = powers.reduce((sum, p) => sum + p, 0);
  return powers.map((p) => p / total);
}
