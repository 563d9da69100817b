function bleuOf(hypothesis: string[], reference: string[]): number {
  const counts = (words: string[], n: number) => {
    const found = new Map<string, number>();
    for (let k = 0; k + n <= words.length; k++) {
      const gram = words.slice(k, k + n).join(" ");
      found.set(gram, (found.get(gram) ?? 0) + 1);
    }
    return found;
  };
  const [c, r] = [hypothesis.length, reference.length];
  if (c === 0) return 0;
  const orders = Math.min(4, c);
  let sum = 0;
  for (let n = 1; n <= orders; n++) {
    const theirs = counts(reference, n);
    let matched = 0;
    for (const [gram, count] of counts(hypothesis, n)) matched += theirs.has(gram) ? count : 0;
    sum += Math.log(matched / (c - n + 1));
  }
  return 100 * Math.min(1, Math.exp(1 - r / c)) * Math.exp(sum / orders);
}
