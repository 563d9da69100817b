function lagBelow(rho: number, threshold: number): number {
  if (rho >= 1) return Infinity;
  return Math.floor(Math.log(threshold) / Math.log(rho));
}
