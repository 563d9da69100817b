function smooth(counts: number[], shorter: number[]): number[] {
  const total = counts.reduce((sum, n) => sum + n, 0);
  const kinds = counts.filter((n) => n > 0).length;
  const freed = (0.5 * kinds) / total;
  return counts.map((n, v) => Math.max(0, n - 0.5) / total + freed * shorter[v]!);
}
