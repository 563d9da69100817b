function count(words: string[], target: string, context: string, window: number): number {
  let sum = 0;
  words.forEach((word, i) => {
    if (word !== target) return;
    words.forEach((other, j) => {
      const d = Math.abs(i - j);
      if (other === context && d > 0 && d <= window) sum += 1 / d;
    });
  });
  return sum;
}
