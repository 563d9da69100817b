import { assertCount } from "#src/util/assert.ts";
import { vocabulary, type Vocabulary } from "./vocabulary.ts";

/** A reader's own text, ready for batches. */
export interface OwnText {
  text: string;
  vocabulary: Vocabulary;
  /** its tokens, [characters of the text] */
  ids: Int32Array;
}

/**
 * Makes data of any text: its vocabulary and its tokens. Line ends become \n.
 *
 * @param options.timesteps T that the text will be cut into, default 32
 * @throws RangeError when the text has fewer than 2 T + 2 characters, so that it cannot be trained and validated on
 */
export function fromText(text: string, { timesteps = 32 }: { timesteps?: number } = {}): OwnText {
  if (typeof text !== "string") {
    throw new TypeError(`fromText: expected a text, got ${text === null ? "null" : typeof text}`);
  }
  assertCount("fromText", "timesteps", timesteps);
  const clean = text.replace(/\r\n?/g, "\n");
  const length = [...clean].length;
  const needed = 2 * timesteps + 2;
  if (length < needed) {
    throw new RangeError(
      `fromText: with timesteps = ${timesteps} a text needs at least ${needed} characters, one sequence to train on ` +
        `and one to check with; this one has ${length}. Paste a longer text, or lower timesteps.`,
    );
  }
  const words = vocabulary(clean);
  return { text: clean, vocabulary: words, ids: words.encode(clean) };
}
