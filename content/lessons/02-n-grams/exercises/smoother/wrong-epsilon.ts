function smooth(counts: number[], shorter: number[]): number[] {
  const total = counts.reduce((sum, n) => sum + n, 0);
  return counts.map((n) => (n + 0.1) / (total + 0.1 * shorter.length));
}
