function pairGradient(e: number[], theta: number[][], target: number, negatives: number[]): number[] {
  const gradient = e.map(() => 0);
  for (const word of new Set([target, ...negatives])) {
    const score = theta[word]!.reduce((sum, x, k) => sum + x * e[k]!, 0);
    const error = 1 / (1 + Math.exp(-score)) - Number(word === target);
    theta[word]!.forEach((x, k) => (gradient[k]! += error * x));
  }
  return gradient;
}
