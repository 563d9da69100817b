import { addingProblem } from "#src/data/adding-problem.ts";
import { batches, split } from "#src/data/batches.ts";
import type { Card } from "#src/data/card.ts";
import { hello } from "#src/data/hello.ts";
import { mobyDick, mobyDickCard } from "#src/data/moby-dick.ts";
import { fromText } from "#src/data/own-text.ts";
import { vocabulary } from "#src/data/vocabulary.ts";
import type { LibraryHost } from "./host.ts";

/** Texts, vocabularies, batches and generated problems. */
export interface Data {
  /** The first 24 chapters of Moby-Dick as plain text: 229 kB, 77 different characters, one paragraph a line. */
  mobyDick(): Promise<string>;
  /** The word "hello", with its vocabulary h, e, l, o. */
  hello: typeof hello;
  vocabulary: typeof vocabulary;
  split: typeof split;
  batches: typeof batches;
  fromText: typeof fromText;
  addingProblem: typeof addingProblem;
  /** Where each data set comes from, its licence, size and hash. */
  cards: Record<"mobyDick" | "hello", Card>;
}

export function createData(host: Pick<LibraryHost, "loadText">): Data {
  return {
    mobyDick: () => mobyDick((name) => host.loadText(name)),
    hello,
    vocabulary,
    split,
    batches,
    fromText,
    addingProblem,
    cards: { mobyDick: mobyDickCard, hello: hello.card },
  };
}

export function create(host: Pick<LibraryHost, "loadText">): { data: Data } {
  return { data: createData(host) };
}
