import { assert, assertCount } from "#src/util/assert.ts";
import type { Rng } from "#src/util/rng.ts";
import type { LanguageModel, ModelState } from "../model.ts";
import { samplingProbabilities, type SamplingOptions } from "./sample.ts";

/** What decoding asks of a vocabulary; `data.vocabulary(text)` gives one. */
export interface TextVocabulary {
  readonly size: number;
  readonly characters: readonly string[];
  encode(text: string): Int32Array;
  decode(ids: ArrayLike<number>): string;
}

export interface GenerateOptions extends SamplingOptions {
  vocabulary: TextVocabulary;
  /** the text that the model reads first; at least one character */
  prompt: string;
  /** how many characters to write */
  length: number;
  /** needed unless temperature is 0 */
  rng?: Rng;
}

/**
 * Writes text: the model reads the prompt, then each character that it wrote itself. Gives the new characters, without
 * the prompt.
 *
 * Defaults: temperature 1, all characters. Temperature 0 is greedy decoding and needs no rng.
 *
 * @throws Error for an empty prompt, a character that the vocabulary does not have, or a wrong sampling option
 */
export function generate(model: LanguageModel, options: GenerateOptions): string {
  const { vocabulary, prompt, length, rng, temperature } = options;
  assertCount("generate", "length", length, 0);
  assert(rng || temperature === 0, "generate: an rng is needed unless temperature is 0, such as rng: rng(1)");
  let { logProbs, state } = readPrompt(model, vocabulary, prompt);
  const written = new Int32Array(length);
  for (let n = 0; n < length; n++) {
    const probabilities = samplingProbabilities(logProbs, options);
    const token = rng && temperature !== 0 ? rng.sample(probabilities) : probabilities.indexOf(1);
    written[n] = token;
    ({ logProbs, state } = model.step(Int32Array.of(token), state));
  }
  return vocabulary.decode(written);
}

/** A character and how likely it is to come next. */
export interface NextCharacter {
  character: string;
  probability: number;
}

/** The probabilities of the character after a prompt, the likeliest first; sampling options as in `generate`. */
export function nextProbabilities(
  model: LanguageModel,
  options: SamplingOptions & Pick<GenerateOptions, "vocabulary" | "prompt">,
): NextCharacter[] {
  const { logProbs } = readPrompt(model, options.vocabulary, options.prompt);
  const probabilities = samplingProbabilities(logProbs, options);
  return options.vocabulary.characters
    .map((character, token) => ({ character, probability: probabilities[token] }))
    .sort((a, b) => b.probability - a.probability);
}

interface Reading {
  logProbs: Float32Array;
  state: ModelState;
}

function readPrompt(model: LanguageModel, vocabulary: TextVocabulary, prompt: string): Reading {
  assert(
    vocabulary.size === model.vocabSize,
    `generate: the model knows ${model.vocabSize} characters, the vocabulary has ${vocabulary.size}. ` +
      "Use the vocabulary that the model was trained with.",
  );
  const ids = vocabulary.encode(prompt);
  assert(
    ids.length > 0,
    "generate: the prompt is empty. Give the model at least one character to go on from.",
  );
  let reading: Reading = { logProbs: new Float32Array(0), state: model.initialState(1) };
  for (const token of ids) reading = model.step(Int32Array.of(token), reading.state);
  return reading;
}
