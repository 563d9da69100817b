function perplexityOf(probabilities: number[][], targets: number[]): number {
  return targets.reduce((sum, v, t) => sum + 1 / probabilities[t]![v]!, 0) / targets.length;
}
