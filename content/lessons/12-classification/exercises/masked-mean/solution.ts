function maskedMean(losses: number[][], lengths: number[]): number {
  const real = losses.flatMap((row, b) => row.slice(0, lengths[b]));
  return real.length > 0 ? real.reduce((sum, loss) => sum + loss, 0) / real.length : 0;
}
