function keepShare(counts: number[], t: number): number {
  const size = counts.reduce((sum, count) => sum + count, 0);
  return (
    counts.reduce((sum, count) => sum + count * (Math.sqrt((t * size) / count) + (t * size) / count), 0) /
    size
  );
}
