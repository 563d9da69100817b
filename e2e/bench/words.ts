/** `npm run bench -- --only words`: skip-gram and GloVe on the speeches, ours in Node and ports of the C programs, in turns. */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildSotu } from "#src/data/sotu-text.ts";
import { parseSotu } from "#src/data/sotu.ts";
import { wordsRelaxed } from "#src/nn/kernels/built/words-relaxed.ts";
import { wordsSimd } from "#src/nn/kernels/built/words-simd.ts";
import { createKernels, type KernelModule, type WordRoutine } from "#src/nn/kernels/module.ts";
import { type CoOccurrences, coOccurrences } from "#src/nn/words/co-occurrence.ts";
import { corpus, type WordCorpus } from "#src/nn/words/corpus.ts";
import { glove } from "#src/nn/words/train-glove.ts";
import { skipGram } from "#src/nn/words/train-pairs.ts";
import type { Row } from "./training.ts";

const ROUNDS = 3;
const D = 100;
/** the flags of word2vec's makefile; -Ofast drops the guarantees of floating point */
const MAKEFILE = ["-O3", "-march=native", "-funroll-loops"];
const FAST = ["-Ofast", "-march=native", "-funroll-loops"];

interface Run {
  name: string;
  /** processor milliseconds, and the loss at the end */
  run(): Promise<{ ms: number; loss: number }>;
}

export async function benchWords(): Promise<Row[]> {
  const text = parseSotu(await buildSotu()).map((address) => address.text);
  const words = corpus(text.join("\n"), { minCount: 3 });
  const counts = coOccurrences(words);
  const folder = mkdtempSync(join(tmpdir(), "words-bench-"));
  try {
    const pairs = [
      ...[wordsRelaxed, wordsSimd].map((module) => oursOnPairs(module, words)),
      ...wordPeers(folder, words),
    ];
    const counted = [
      ...[wordsRelaxed, wordsSimd].map((module) => oursOnCounts(module, counts)),
      ...glovePeers(folder, counts),
    ];
    const size = `${words.size} words, V ${words.words.length}, D ${D}, 1 pass`;
    return [
      ...(await inTurns("sgns", `${size}, K 5`, pairs)),
      ...(await inTurns("glove", `${counts.counts.length} pairs, D ${D}, 1 pass`, counted)),
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The first is ours, compared with each other one. */
async function inTurns(workload: string, config: string, runs: Run[]): Promise<Row[]> {
  const times = runs.map((): number[] => []);
  const losses = runs.map(() => NaN);
  for (let round = 0; round < ROUNDS; round++)
    for (const [k, { run }] of runs.entries()) {
      const { ms, loss } = await run();
      times[k]!.push(ms);
      losses[k] = loss;
    }
  const medians = times.map((each) => each.toSorted((a, b) => a - b)[each.length >> 1]!);
  runs.forEach(({ name }, k) =>
    console.log(
      `${workload} ${name}: ${medians[k]!.toFixed(0)} ms, loss at the end ${losses[k]!.toFixed(4)}`,
    ),
  );
  return runs.slice(1).map(({ name }, k) => ({
    workload,
    config,
    ours_ms: medians[0]!,
    peer: name,
    peer_ms: medians[k + 1]!,
    ratio: medians[k + 1]! / medians[0]!,
  }));
}

function oursOnPairs(module: KernelModule, words: WordCorpus): Run {
  const kernels = createKernels<WordRoutine>(module);
  const options = {
    dimension: D,
    epochs: 1,
    subsample: 0,
    learningRate: 0.05,
    yieldEvery: Math.ceil(words.size / 10),
  };
  return { name: `ours, ${module.build}`, run: () => timed(skipGram(kernels, words, options)) };
}

function oursOnCounts(module: KernelModule, counts: CoOccurrences): Run {
  const kernels = createKernels<WordRoutine>(module);
  const options = { dimension: D, epochs: 1, learningRate: 0.05, yieldEvery: counts.counts.length };
  return { name: `ours, ${module.build}`, run: () => timed(glove(kernels, counts, options)) };
}

async function timed(training: AsyncIterable<{ loss: number }>): Promise<{ ms: number; loss: number }> {
  const start = process.cpuUsage();
  let loss = NaN;
  for await (const progress of training) loss = progress.loss;
  const { user, system } = process.cpuUsage(start);
  return { ms: (user + system) / 1000, loss };
}

function wordPeers(folder: string, words: WordCorpus): Run[] {
  const file = join(folder, "tokens");
  writeFileSync(file, words.ids);
  const options = [words.words.length, D, 5, 5, 1].map(String);
  const peer = (name: string, flags: string[], table: number): Run[] =>
    compiled(folder, "words_peer.c", { name, flags, args: [file, ...options, String(table)] });
  return [
    ...peer("port of word2vec.c, makefile's flags", MAKEFILE, 1e8),
    ...peer("port of word2vec.c, -Ofast", FAST, 1e8),
    ...peer("port of word2vec.c, -Ofast, small table", FAST, 1e6),
  ];
}

function glovePeers(folder: string, { rows, columns, counts, words }: CoOccurrences): Run[] {
  const file = join(folder, "records");
  const bytes = new DataView(new ArrayBuffer(16 * rows.length));
  // in an order of its own, as GloVe's shuffle leaves it: a stride that meets every record once
  const stride = 7919;
  const n = rows.length % stride === 0 ? rows.length - 1 : rows.length;
  for (let k = 0, from = 0; k < n; k++, from = (from + stride) % n) {
    bytes.setInt32(16 * k, rows[from], true);
    bytes.setInt32(16 * k + 4, columns[from], true);
    bytes.setFloat64(16 * k + 8, counts[from], true);
  }
  writeFileSync(file, bytes);
  const args = [file, String(words.length), String(D), "1"];
  return [
    ...compiled(folder, "glove_peer.c", {
      name: "port of GloVe's C, makefile's flags",
      flags: MAKEFILE,
      args,
    }),
    ...compiled(folder, "glove_peer.c", { name: "port of GloVe's C, -Ofast", flags: FAST, args }),
  ];
}

/** Nothing where there is no C compiler. */
function compiled(
  folder: string,
  source: string,
  { name, flags, args }: { name: string; flags: string[]; args: string[] },
): Run[] {
  const program = join(folder, `${source}-${flags[0]!.slice(1)}`);
  const { status } = spawnSync("cc", [join(import.meta.dirname, source), ...flags, "-o", program, "-lm"]);
  if (status !== 0) {
    console.log(`No C compiler on this machine: ${name} is left out.`);
    return [];
  }
  const run = async () => {
    const [seconds, loss] = execFileSync(program, args, { encoding: "utf8" }).split(" ").map(Number);
    return { ms: 1000 * seconds!, loss: loss! };
  };
  return [{ name, run }];
}
