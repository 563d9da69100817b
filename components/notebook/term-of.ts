const TERMS: Record<string, string> = {
  x: "x",
  h: "h",
  hPrev: "h",
  hNext: "h",
  dh: "h",
  c: "c",
  cPrev: "c",
  dc: "c",
  logits: "y",
  probs: "y",
  loss: "loss",
  Wx: "Wx",
  dWx: "Wx",
  Wh: "Wh",
  dWh: "Wh",
  Wy: "Wy",
  dWy: "Wy",
};

/** The quantity that a name stands for. Letters that cells use as indices stay plain. */
export const termOf = (name: string): string | undefined =>
  Object.hasOwn(TERMS, name) ? TERMS[name] : undefined;
