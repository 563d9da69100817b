function cosine(u: number[], v: number[]): number {
  const dot = (a: number[], b: number[]) => a.reduce((sum, x, k) => sum + x * b[k]!, 0);
  return dot(u, v) / Math.sqrt(dot(u, u) * dot(v, v));
}
