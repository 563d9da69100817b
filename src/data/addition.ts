import { assertCount } from "#src/util/assert.ts";
import type { Rng } from "#src/util/rng.ts";
import { assertRng } from "./draw.ts";

export interface AdditionExample {
  /** such as "12+7 ": always 2 · digits + 1 characters, blanks at the end (when reversed: " 7+21") */
  question: string;
  /** such as "19 ": always digits + 1 characters, blanks at the end */
  answer: string;
}

/** The characters of questions and answers; the blank comes first, so that it is token 0. */
export const ADDITION_ALPHABET = " +0123456789";

/**
 * Sums as text, to be answered character by character. How many digits a number has is drawn first, so that short
 * numbers are as frequent as long ones; the same question may come again.
 *
 * Source: Zaremba & Sutskever 2014, "Learning to Execute"; the addition example of Keras.
 *
 * @param options.digits the most digits of a number, default 2; at most 6
 * @param options.reversed write the question backwards, which brings the last digits close to the answer; default false
 */
export function additionExamples(options: {
  count: number;
  rng: Rng;
  digits?: number;
  reversed?: boolean;
}): AdditionExample[] {
  const { count, rng, digits = 2, reversed = false } = options;
  assertCount("additionExamples", "count", count);
  assertRng("additionExamples", rng);
  assertCount("additionExamples", "digits", digits);
  if (digits > 6) throw new RangeError(`additionExamples: digits must be at most 6, got ${digits}`);
  return Array.from({ length: count }, () => {
    const a = drawNumber(rng, digits);
    const b = drawNumber(rng, digits);
    const question = `${a}+${b}`.padEnd(2 * digits + 1);
    return {
      question: reversed ? [...question].reverse().join("") : question,
      answer: String(a + b).padEnd(digits + 1),
    };
  });
}

/** A number of 1 … digits digits, without leading zeros. */
function drawNumber(rng: Rng, digits: number): number {
  const length = 1 + rng.integer(digits);
  const least = length === 1 ? 0 : 10 ** (length - 1);
  return least + rng.integer(10 ** length - least);
}
