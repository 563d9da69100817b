function softmaxBackward(alpha: number[], dalpha: number[]): number[] {
  const mean = dalpha.reduce((sum, d) => sum + d, 0) / dalpha.length;
  return alpha.map((a, s) => a * (dalpha[s] - mean));
}
