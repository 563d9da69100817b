function gloveTerm(theta: number[], e: number[], biases: number, x: number, xMax: number) {
  const f = x < xMax ? (x / xMax) ** 0.75 : 1;
  const delta = theta.reduce((sum, u, k) => sum + u * e[k]!, 0) + biases - Math.log(x);
  return { loss: 0.5 * f * delta ** 2, gradient: e.map((v) => f * delta * v) };
}
