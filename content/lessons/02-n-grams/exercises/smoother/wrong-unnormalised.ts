function smooth(counts: number[], shorter: number[]): number[] {
  const total = counts.reduce((sum, n) => sum + n, 0);
  return counts.map((n, v) => (n > 0 ? n / total : 0.4 * shorter[v]!));
}
