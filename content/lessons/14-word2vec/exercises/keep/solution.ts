function keepShare(counts: number[], t: number): number {
  const size = counts.reduce((sum, count) => sum + count, 0);
  let kept = 0;
  for (const count of counts) {
    const f = count / size;
    kept += count * Math.min(1, Math.sqrt(t / f) + t / f);
  }
  return kept / size;
}
