function cosine(u: number[], v: number[]): number {
  return u.reduce((sum, x, k) => sum + x * v[k]!, 0);
}
