function softmaxBackward(alpha: number[], dalpha: number[]): number[] {
  const mean = alpha.reduce((sum, a, s) => sum + a * dalpha[s], 0);
  return alpha.map((a, s) => a * (dalpha[s] - mean));
}
