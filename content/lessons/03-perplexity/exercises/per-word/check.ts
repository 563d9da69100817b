const agrees = (bits: number, characters: number, words: number, right: number) => {
  const given = wordPerplexity(bits, characters, words);
  return (
    close(given / right, 1, 1e-6) ||
    `wordPerplexity(${bits}, ${characters}, ${words}) gave ${given}, expected ${right}`
  );
};
check("with one character in each word it is the perplexity per character", () => agrees(3, 40, 40, 8));
check("two bits for each of five characters leave as many choices as ten bits", () =>
  agrees(2, 50, 10, 1024),
);
check("no surprise is a perplexity of 1", () => agrees(0, 120, 25, 1));
check("it agrees with a real text's proportions", () => agrees(2.5, 560, 100, 2 ** 14));
