function clip(gradients: number[][], maxNorm: number): number[][] {
  return gradients.map((part) => {
    const norm = Math.sqrt(part.reduce((sum, x) => sum + x * x, 0));
    return part.map((x) => x * (norm > maxNorm ? maxNorm / norm : 1));
  });
}
