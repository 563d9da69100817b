function softmaxBackward(alpha: number[], dalpha: number[]): number[] {
  return alpha.map((a, s) => a * (1 - a) * dalpha[s]);
}
