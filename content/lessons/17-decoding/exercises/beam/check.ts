/** A hidden model: random probabilities for every beginning; at the last step everything ends. */
const hiddenModel = (label: string, longest: number): Next => {
  const beginnings = new Map<string, number[]>();
  return (tokens) => {
    const key = tokens.join(" ");
    if (!beginnings.has(key)) {
      const dice = rng(`${label} ${key}`);
      const raw = [dice.uniform(), dice.uniform(), tokens.length ? dice.uniform() : 0];
      const total = raw.reduce((sum, p) => sum + p, 0);
      beginnings.set(key, tokens.length === longest - 1 ? [0, 0, 1] : raw.map((p) => p / total));
    }
    return beginnings.get(key)!;
  };
};
const everySequence = (next: Next, longest: number): { tokens: number[]; prob: number }[] => {
  const visit = (tokens: number[], prob: number): { tokens: number[]; prob: number }[] =>
    next(tokens).flatMap((p, token) => {
      if (p === 0) return [];
      const longer = [...tokens, token];
      return token === 2 || longer.length === longest
        ? [{ tokens: longer, prob: prob * p }]
        : visit(longer, prob * p);
    });
  return visit([], 1)
    .filter(({ tokens }) => tokens.at(-1) === 2)
    .sort((a, b) => b.prob - a.prob);
};
const greedyWalk = (next: Next, longest: number): number[] => {
  const walked: number[] = [];
  while (walked.at(-1) !== 2 && walked.length < longest) {
    const probs = next(walked);
    walked.push(probs.indexOf(Math.max(...probs)));
  }
  return walked;
};
const hiddenCases = Array.from({ length: 40 }, (_, k) => hiddenModel(`hidden ${k}`, 4));
check("width 1 is greedy search", () => {
  for (const next of hiddenCases) {
    const [own, walked] = [beam(next, 2, 1, 4).tokens, greedyWalk(next, 4)];
    if (own.join() !== walked.join()) return `you found ${own}, greedy takes ${walked}`;
  }
  return true;
});
check("a width of all sequences finds the exhaustive optimum", () => {
  for (const next of hiddenCases) {
    const [own, [top]] = [beam(next, 2, 64, 4), everySequence(next, 4)];
    if (own.tokens.join() !== top!.tokens.join())
      return `you found ${own.tokens} with ${own.prob.toFixed(4)}; the best is ${top!.tokens} with ${top!.prob.toFixed(4)}`;
  }
  return true;
});
check("the probability is the product over the tokens, the end included", () => {
  for (const next of hiddenCases.slice(0, 10)) {
    const own = beam(next, 2, 3, 4);
    const product = own.tokens.reduce((all, token, k) => all * next(own.tokens.slice(0, k))[token]!, 1);
    if (!close(own.prob, product, 1e-9))
      return `${own.tokens}: you say ${own.prob}, the product is ${product}`;
  }
  return true;
});
check("every answer is finished", () => {
  const open = hiddenCases.map((next) => beam(next, 2, 2, 4).tokens).find((tokens) => tokens.at(-1) !== 2);
  return open === undefined || `${open} does not end with the end token`;
});
check("a beam of three is right more often than greedy, and never better than the optimum", () => {
  let [ofThree, ofOne] = [0, 0];
  for (const next of hiddenCases) {
    const optimum = everySequence(next, 4)[0]!.prob;
    const [three, one] = [3, 1].map((width) => beam(next, 2, width, 4).prob);
    if (three! > optimum + 1e-9) return "it claims more than the optimum";
    ofThree += Number(close(three!, optimum, 1e-9));
    ofOne += Number(close(one!, optimum, 1e-9));
  }
  return ofThree > ofOne || `it finds the optimum ${ofThree} times, greedy ${ofOne} times, of 40`;
});
check("beginnings are ranked by their whole product, not by their last token", () => {
  const trap: Next = (tokens) => {
    if (tokens.length === 0) return [0.9, 0.1, 0];
    if (tokens.length > 1) return [0, 0, 1];
    return tokens[0] === 0 ? [0.3, 0.3, 0.4] : [0.5, 0.5, 0];
  };
  const own = beam(trap, 2, 2, 3);
  return (
    own.tokens.join() === "0,2" ||
    `with a width of 2 you found ${own.tokens} with ${own.prob.toFixed(3)}; 0,2 has 0.36`
  );
});
