/** In a worker of the browser: one pass of skip-gram or GloVe over a text, by one build of the kernels. */
import { wordsRelaxed } from "#src/nn/kernels/built/words-relaxed.ts";
import { wordsSimd } from "#src/nn/kernels/built/words-simd.ts";
import { createKernels, type WordRoutine } from "#src/nn/kernels/module.ts";
import { coOccurrences } from "#src/nn/words/co-occurrence.ts";
import { corpus } from "#src/nn/words/corpus.ts";
import { glove } from "#src/nn/words/train-glove.ts";
import { skipGram } from "#src/nn/words/train-pairs.ts";

interface Message {
  act: "sgns" | "glove";
  build: "relaxed" | "simd";
  text: string;
  minCount: number;
  dimension: number;
  /** of GloVe */
  passes: number;
}

async function timed(training: AsyncIterable<{ loss: number }>): Promise<{ ms: number; loss: number }> {
  const start = performance.now();
  let loss = NaN;
  for await (const progress of training) loss = progress.loss;
  return { ms: performance.now() - start, loss };
}

function onePass({
  act,
  build,
  text,
  minCount,
  dimension,
  passes,
}: Message): Promise<{ ms: number; loss: number }> {
  const kernels = createKernels<WordRoutine>(build === "simd" ? wordsSimd : wordsRelaxed);
  const words = corpus(text, { minCount });
  const common = { dimension, learningRate: 0.05 };
  if (act === "sgns") {
    const options = { ...common, epochs: 1, subsample: 0, yieldEvery: Math.ceil(words.size / 10) };
    return timed(skipGram(kernels, words, options));
  }
  const counts = coOccurrences(words);
  return timed(glove(kernels, counts, { ...common, epochs: passes, yieldEvery: counts.counts.length }));
}

self.onmessage = async ({ data }: MessageEvent<Message>) => {
  try {
    self.postMessage({ value: await onePass(data) });
  } catch (error) {
    self.postMessage({ error: String(error) });
  }
};
