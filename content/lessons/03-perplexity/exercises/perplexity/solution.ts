function perplexityOf(probabilities: number[][], targets: number[]): number {
  const surprises = targets.map((v, t) => -Math.log(probabilities[t]![v]!));
  return Math.exp(surprises.reduce((sum, s) => sum + s, 0) / targets.length);
}
