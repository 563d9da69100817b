type Next = (tokens: number[]) => number[];

function beam(next: Next, end: number, width: number, maxLength: number) {
  type Sequence = { tokens: number[]; prob: number };
  let live: Sequence[] = [{ tokens: [], prob: 1 }];
  const finished: Sequence[] = [];
  for (let length = 1; length <= maxLength && live.length > 0; length++) {
    const continued = live.flatMap(({ tokens, prob }) =>
      next(tokens).map((p, token) => ({ tokens: [...tokens, token], prob: prob * p })),
    );
    const kept = continued
      .filter(({ prob }) => prob > 0)
      .sort((a, b) => b.prob - a.prob)
      .slice(0, width);
    finished.push(...kept.filter(({ tokens }) => tokens.at(-1) === end));
    live = kept.filter(({ tokens }) => tokens.at(-1) !== end);
  }
  return finished[0];
}
