function pairGradient(e: number[], theta: number[][], target: number, negatives: number[]): number[] {
  const gradient = e.map(() => 0);
  const learn = (word: number, truth: number) => {
    const score = theta[word]!.reduce((sum, x, k) => sum + x * e[k]!, 0);
    const error = 1 / (1 + Math.exp(-score)) - truth;
    theta[word]!.forEach((x, k) => (gradient[k]! += error * x));
  };
  learn(target, 1);
  for (const word of negatives) learn(word, 0);
  return gradient;
}
