function perplexityOf(probabilities: number[][], targets: number[]): number {
  const product = targets.reduce((all, v, t) => all * probabilities[t]![v]!, 1);
  return (1 / product) ** (1 / targets.length);
}
