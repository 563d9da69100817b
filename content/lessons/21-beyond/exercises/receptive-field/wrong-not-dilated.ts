function layersNeeded(T: number, kernelSize: number): number {
  if (T === 1) return 0;
  return Math.ceil((T - 1) / (kernelSize - 1));
}
