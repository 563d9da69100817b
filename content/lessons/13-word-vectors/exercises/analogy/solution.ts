function solve(table: Record<string, number[]>, a: string, b: string, c: string): string {
  const dot = (u: number[], v: number[]) => u.reduce((sum, x, k) => sum + x * v[k]!, 0);
  const unit = (u: number[]) => u.map((x) => x / Math.sqrt(dot(u, u)));
  const [ua, ub, uc] = [a, b, c].map((word) => unit(table[word]!));
  const target = ub!.map((x, k) => x - ua![k]! + uc![k]!);
  let best = { word: "", cosine: -Infinity };
  for (const [word, vector] of Object.entries(table)) {
    if ([a, b, c].includes(word)) continue;
    const cosine = dot(unit(vector), target);
    if (cosine > best.cosine) best = { word, cosine };
  }
  return best.word;
}
