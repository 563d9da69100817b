function clip(gradients: number[][], maxNorm: number): number[][] {
  return gradients.map((part) => part.map((x) => Math.max(-maxNorm, Math.min(maxNorm, x))));
}
