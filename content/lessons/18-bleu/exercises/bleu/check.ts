// scores of sacreBLEU 2.6 without smoothing, effective order, no tokenisation
const storedScores: [said: string, wanted: string, score: number][] = [
  ["the cat sees the old dog in the park .", "the cat sees the dog in the park .", 65.80370064762461],
  ["we eat the apples", "we eat the apples in the garden of the school", 22.31301601484299],
  ["the small cat", "the small cat", 100],
  ["a bird", "a bird sings", 60.653065971263366],
];
const bleuCheckWords = (text: string) => text.split(" ");
const bleuFor = (said: string, wanted: string) => bleuOf(bleuCheckWords(said), bleuCheckWords(wanted));
for (const [said, wanted, score] of storedScores)
  check(`“${said}” scores ${score.toFixed(2)}`, () => {
    const own = bleuFor(said, wanted);
    return close(own, score, 1e-6) || `got ${own.toFixed(4)} against “${wanted}”`;
  });
check("a word that is repeated earns no more than the reference has of it", () => {
  const own = bleuFor("cat cat", "the cat sleeps here");
  return (
    close(own, 0) ||
    `“cat cat” got ${own.toFixed(2)}; no pair of words is shared, so the mean of logarithms is −∞`
  );
});
check("a precision of zero gives 0, and never something that is no number", () => {
  const own = bleuFor("they go to the park", "he goes from a market .");
  return own === 0 || `got ${own}`;
});
check("an empty hypothesis scores 0", () => {
  const own = bleuOf([], ["a", "bird"]);
  return own === 0 || `got ${own}`;
});
check("it agrees with the library on random sentences", () => {
  const draws = rng("bleu check");
  const sentence = () => Array.from({ length: 2 + draws.integer(9) }, () => "abcd"[draws.integer(4)]!);
  for (let k = 0; k < 30; k++) {
    const [one, other] = [sentence(), sentence()];
    const { score } = metrics.sentenceBleu(one, other, { smoothing: "none" });
    if (!close(bleuOf(one, other), score, 1e-6))
      return `“${one.join(" ")}” against “${other.join(" ")}”: ${score.toFixed(3)}`;
  }
  return true;
});
