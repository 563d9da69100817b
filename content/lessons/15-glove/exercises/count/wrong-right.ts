function count(words: string[], target: string, context: string, window: number): number {
  let sum = 0;
  words.forEach((word, i) => {
    if (word !== target) return;
    for (let d = 1; d <= window; d++) if (words[i + d] === context) sum += 1 / d;
  });
  return sum;
}
