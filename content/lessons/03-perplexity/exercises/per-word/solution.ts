function wordPerplexity(bits: number, characters: number, words: number): number {
  return 2 ** ((bits * characters) / words);
}
