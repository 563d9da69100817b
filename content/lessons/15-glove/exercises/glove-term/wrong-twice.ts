function gloveTerm(theta: number[], e: number[], biases: number, x: number, xMax: number) {
  if (x === 0) return { loss: 0, gradient: theta.map(() => 0) };
  const f = x < xMax ? (x / xMax) ** 0.75 : 1;
  const delta = theta.reduce((sum, u, k) => sum + u * e[k]!, 0) + biases - Math.log(x);
  return { loss: 0.5 * f * delta ** 2, gradient: e.map((v) => 2 * f * delta * v) };
}
