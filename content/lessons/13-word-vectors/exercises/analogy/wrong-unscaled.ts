function solve(table: Record<string, number[]>, a: string, b: string, c: string): string {
  const target = table[b]!.map((x, k) => x - table[a]![k]! + table[c]![k]!);
  const score = (v: number[]) => embeddings.cosine(v, target);
  const left = Object.keys(table).filter((word) => ![a, b, c].includes(word));
  return left.sort((u, v) => score(table[v]!) - score(table[u]!))[0]!;
}
