import { batches, split } from "#src/data/batches.ts";
import type { Card } from "#src/data/card.ts";
import { cmudict, cmudictCard, splitPronunciations } from "#src/data/cmudict.ts";
import { digits, digitsCard } from "#src/data/digits.ts";
import { hello } from "#src/data/hello.ts";
import { mobyDick, mobyDickCard } from "#src/data/moby-dick.ts";
import { names, namesCard } from "#src/data/names.ts";
import { pairBatches, padPairs } from "#src/data/pair-batches.ts";
import { fromText } from "#src/data/own-text.ts";
import { pronunciationCode } from "#src/data/pronunciation-code.ts";
import { pronunciationSizes, pronunciationWeights } from "#src/data/pronunciation-weights.ts";
import { sotu, sotuCard } from "#src/data/sotu.ts";
import { spam, spamCard } from "#src/data/spam.ts";
import { vocabulary } from "#src/data/vocabulary.ts";
import type { LibraryHost } from "./host.ts";

/** Texts, vocabularies and batches. */
export interface Data {
  /** The first 24 chapters of Moby-Dick as plain text: 229 kB, 77 different characters, one paragraph a line. */
  mobyDick(): Promise<string>;
  /** The word "hello", with its vocabulary h, e, l, o. */
  hello: typeof hello;
  vocabulary: typeof vocabulary;
  split: typeof split;
  batches: typeof batches;
  /** Batches of pairs of sequences, for nn.seq2seq. */
  pairBatches: typeof pairBatches;
  padPairs: typeof padPairs;
  fromText: typeof fromText;
  /** 123,874 English words with their American pronunciation as phonemes (692 kB to load); stress: false drops the stress digits. */
  cmudict(options?: { stress?: boolean }): ReturnType<typeof cmudict>;
  /** Holds a tenth of the words out, the same ones for the same rng. */
  splitPronunciations: typeof splitPronunciations;
  /** Spellings and pronunciations as tokens, for nn.seq2seq. */
  pronunciationCode: typeof pronunciationCode;
  /** Sizes and trained weights (2 MB to load) of a model from spelling to pronunciation, for weights.load. */
  pronunciationSizes: typeof pronunciationSizes;
  pronunciationWeights(): Promise<string>;
  /** First names of women and men, each with its label. */
  names(): ReturnType<typeof names>;
  /** 560 short messages of 2001 and 2002, half of them spam. */
  spam(): ReturnType<typeof spam>;
  /** The State of the Union addresses from 1957 to 2021, with year and speaker: some 370,000 words. */
  stateOfTheUnion(): ReturnType<typeof sotu>;
  /** 2,000 handwritten digits of 28 × 28 pixels, 200 of each. */
  digits(): ReturnType<typeof digits>;
  /** Where each data set comes from, its licence, size and hash. */
  cards: Record<"mobyDick" | "hello" | "cmudict" | "names" | "spam" | "stateOfTheUnion" | "digits", Card>;
}

export function createData(host: Pick<LibraryHost, "loadText">): Data {
  const load = (name: string) => host.loadText(name);
  return {
    mobyDick: () => mobyDick(load),
    cmudict: (options) => cmudict(load, options),
    splitPronunciations,
    pronunciationCode,
    pronunciationSizes,
    pronunciationWeights: () => pronunciationWeights(load),
    names: () => names(load),
    spam: () => spam(load),
    stateOfTheUnion: () => sotu(load),
    digits: () => digits(load),
    hello,
    vocabulary,
    split,
    batches,
    pairBatches,
    padPairs,
    fromText,
    cards: {
      mobyDick: mobyDickCard,
      hello: hello.card,
      cmudict: cmudictCard,
      names: namesCard,
      spam: spamCard,
      stateOfTheUnion: sotuCard,
      digits: digitsCard,
    },
  };
}

export function create(host: Pick<LibraryHost, "loadText">): { data: Data } {
  return { data: createData(host) };
}
