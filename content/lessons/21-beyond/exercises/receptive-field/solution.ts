function layersNeeded(T: number, kernelSize: number): number {
  if (T > 1 && kernelSize === 1) return Infinity;
  let layers = 0;
  while (1 + (kernelSize - 1) * (2 ** layers - 1) < T) layers++;
  return layers;
}
