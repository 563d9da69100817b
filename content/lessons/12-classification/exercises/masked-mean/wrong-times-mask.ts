function maskedMean(losses: number[][], lengths: number[]): number {
  let [sum, kept] = [0, 0];
  losses.forEach((row, b) =>
    row.forEach((loss, t) => {
      const mask = t < lengths[b] ? 1 : 0;
      sum += loss * mask;
      kept += mask;
    }),
  );
  return kept > 0 ? sum / kept : 0;
}
