function solve(table: Record<string, number[]>, a: string, b: string, c: string): string {
  const dot = (u: number[], v: number[]) => u.reduce((sum, x, k) => sum + x * v[k]!, 0);
  const unit = (u: number[]) => u.map((x) => x / Math.sqrt(dot(u, u)));
  const target = unit(table[b]!).map((x, k) => x - unit(table[a]!)[k]! + unit(table[c]!)[k]!);
  const left = Object.keys(table).filter((word) => ![a, b, c].includes(word));
  return left.sort((u, v) => dot(table[v]!, target) - dot(table[u]!, target))[0]!;
}
