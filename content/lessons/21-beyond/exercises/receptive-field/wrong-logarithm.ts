function layersNeeded(T: number, kernelSize: number): number {
  if (T === 1) return 0;
  if (kernelSize === 1) return Infinity;
  return Math.floor(Math.log2((T - 1) / (kernelSize - 1))) + 1;
}
