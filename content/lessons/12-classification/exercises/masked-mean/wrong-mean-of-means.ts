function maskedMean(losses: number[][], lengths: number[]): number {
  const means = losses
    .map((row, b) => row.slice(0, lengths[b]))
    .filter((row) => row.length > 0)
    .map((row) => row.reduce((sum, loss) => sum + loss, 0) / row.length);
  return means.length > 0 ? means.reduce((sum, mean) => sum + mean, 0) / means.length : 0;
}
