/**
 * `node tools/train-pronunciation.ts [--epochs 10] [--rate 0.003]`: trains the model of spelling to pronunciation that ships with the
 * site on nine tenths of CMUdict, and writes src/data/pronunciation/weights.safetensors, in half precision, and log.txt after every
 * epoch.
 *
 * `--resume` goes on from the weights that are there (Adam starts afresh). The rng's seeds are fixed; the relaxed build of the
 * kernels gives the same bits on machines that round the same way.
 */
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import { parseCmudict, splitPronunciations, type Pronunciation } from "#src/data/cmudict.ts";
import { shipped } from "#src/data/cmudict-text.ts";
import { padPairs, pairBatches } from "#src/data/pair-batches.ts";
import { pronunciationCode as code } from "#src/data/pronunciation-code.ts";
import { pronunciationSizes } from "#src/data/pronunciation-weights.ts";
import { relaxed } from "#src/nn/kernels/built/relaxed.ts";
import { createKernels } from "#src/nn/kernels/module.ts";
import { seq2seq, type Seq2seq } from "#src/nn/models/seq2seq.ts";
import { adam } from "#src/nn/train/optimizers.ts";
import { fit } from "#src/nn/train/fit.ts";
import { cosine, warmUp } from "#src/nn/train/schedules.ts";
import { loadModel, saveModel } from "#src/nn/models/model-weights.ts";
import { createRng } from "#src/util/rng.ts";

const FOLDER = new URL("../src/data/pronunciation/", import.meta.url);
const [WEIGHTS, LOG] = [new URL("weights.safetensors", FOLDER), new URL("log.txt", FOLDER)];
const BATCH = 128;

const { values } = parseArgs({
  options: {
    epochs: { type: "string", default: "10" },
    rate: { type: "string", default: "0.003" },
    resume: { type: "boolean", default: false },
  },
});
const [epochs, top] = [Number(values.epochs), Number(values.rate)];
await tf.setBackend("cpu");

const entries = parseCmudict(await shipped.build(), { stress: false });
const { train, valid } = splitPronunciations(entries, { rng: createRng(1) });
// the held-out tenth is for the lesson; what is watched here is a part of the training words
const watched = splitPronunciations(train, { rng: createRng(2), fraction: 0.02 });
const pairs = watched.train.flatMap(({ word, phonemes, alternates }) =>
  [phonemes, ...alternates].map((way) => ({
    source: code.encodeWord(word),
    target: code.encodePhonemes(way),
  })),
);
const { first, end, sourceSize, vocabSize } = code;
const model = seq2seq(createKernels(relaxed), {
  ...{ source: { tokens: sourceSize }, vocabSize, first, end, ...pronunciationSizes },
  ...{ dropout: 0.2, rng: createRng(3) },
});
if (values.resume && existsSync(WEIGHTS)) loadModel(model, readFileSync(WEIGHTS));

mkdirSync(FOLDER, { recursive: true });
const say = (line: string): void => {
  console.log(line);
  appendFileSync(LOG, `${line}\n`);
};
const batches = pairBatches(pairs, { first, end, batchSize: BATCH, rng: createRng(4) });
const iterations = epochs * batches.length;
say(
  `${pairs.length} pairs, ${model.parameterCount} weights, ${epochs} epochs of ${batches.length} batches of ${BATCH}, rate ${top}, ` +
    `${valid.length} words held out`,
);
const rate = warmUp(cosine({ rate: top, iterations, minimum: top / 100 }), 200);
const start = process.cpuUsage();
let sum = 0;
for await (const { iteration, loss } of fit(model, batches, {
  iterations,
  optimizer: adam(rate),
  clipNorm: 5,
})) {
  sum += loss;
  if (iteration % 100 === 0)
    console.log(
      `${iteration}/${iterations} ${(sum / (iteration % batches.length || batches.length)).toFixed(4)}`,
    );
  if (iteration % batches.length > 0) continue;
  writeFileSync(WEIGHTS, saveModel(model, { model: "spelling to pronunciation" }, { half: true }));
  const seconds = (process.cpuUsage(start).user + process.cpuUsage(start).system) / 1e6;
  const share = wordErrors(model, watched.valid);
  say(
    `epoch ${iteration / batches.length}: loss ${(sum / batches.length).toFixed(4)}, watched words wrong ${(100 * share).toFixed(2)} %, ${seconds.toFixed(0)} CPU-seconds`,
  );
  sum = 0;
}

/** The share of words whose likeliest pronunciation is none of the dictionary's. */
function wordErrors(of: Seq2seq, words: readonly Pronunciation[]): number {
  let wrong = 0;
  for (let from = 0; from < words.length; from += 256) {
    const some = words.slice(from, from + 256);
    const batch = padPairs(
      some.map(({ word }) => ({ source: code.encodeWord(word), target: [] })),
      { first, end },
    );
    of.translate(batch, 40).forEach((tokens, k) => {
      const { phonemes, alternates } = some[k]!;
      const said = code.decode(tokens).join(" ");
      if (![phonemes, ...alternates].some((way) => way.join(" ") === said)) wrong++;
    });
  }
  return wrong / words.length;
}
