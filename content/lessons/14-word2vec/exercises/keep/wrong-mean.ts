function keepShare(counts: number[], t: number): number {
  const size = counts.reduce((sum, count) => sum + count, 0);
  const shares = counts.map((count) => Math.min(1, Math.sqrt((t * size) / count) + (t * size) / count));
  return shares.reduce((sum, p) => sum + p, 0) / counts.length;
}
