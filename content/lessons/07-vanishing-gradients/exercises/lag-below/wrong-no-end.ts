function lagBelow(rho: number, threshold: number): number {
  return Math.floor(Math.log(threshold) / Math.log(rho)) + 1;
}
