import type { Card } from "./card.ts";
import { vocabulary, type Vocabulary } from "./vocabulary.ts";

/** The smallest data set of the course: one word, four characters, four predictions. */
export const hello: { text: string; vocabulary: Vocabulary; card: Card } = {
  text: "hello",
  vocabulary: vocabulary("hello"),
  card: {
    title: "hello",
    source: "The word of the classic example of a character model (A. Karpathy, 2015).",
    licence: "none needed: one word",
    bytes: 5,
    sha256: "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824",
    made: "Typed. Vocabulary in order of appearance: h, e, l, o.",
  },
};
