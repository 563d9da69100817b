function clip(gradients: number[][], maxNorm: number): number[][] {
  const norm = Math.sqrt(gradients.flat().reduce((sum, x) => sum + x * x, 0));
  const factor = norm > maxNorm ? maxNorm / norm : 1;
  return gradients.map((part) => part.map((x) => x * factor));
}
