function wordPerplexity(bits: number, characters: number, words: number): number {
  return Math.exp((bits * characters) / words);
}
