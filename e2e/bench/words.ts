/** `npm run bench -- --only words`: skip-gram and GloVe on the speeches, ours in a browser's worker and ports of the C programs, in turns. */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildSotu } from "#src/data/sotu-text.ts";
import { parseSotu } from "#src/data/sotu.ts";
import { type CoOccurrences, coOccurrences } from "#src/nn/words/co-occurrence.ts";
import { corpus, type WordCorpus } from "#src/nn/words/corpus.ts";
import type { Row } from "./training.ts";
import { ask, openBrowser } from "./workers.ts";

const ROUNDS = 3;
const D = 100;
const MIN_COUNT = 3;
/** so that what is counted once, logarithms and weights, has its share and no more */
const GLOVE_PASSES = 3;
/** the flags of word2vec's makefile; -Ofast drops the guarantees of floating point */
const MAKEFILE = ["-O3", "-march=native", "-funroll-loops"];
const FAST = ["-Ofast", "-march=native", "-funroll-loops"];

interface Run {
  name: string;
  /** milliseconds of one core, and the loss at the end */
  run(): Promise<{ ms: number; loss: number }>;
}

export async function benchWords(worker: string): Promise<Row[]> {
  const text = parseSotu(await buildSotu())
    .map((address) => address.text)
    .join("\n");
  const words = corpus(text, { minCount: MIN_COUNT });
  const counts = coOccurrences(words);
  const folder = mkdtempSync(join(tmpdir(), "words-bench-"));
  const { page, close } = await openBrowser(worker);
  const ours = (act: "sgns" | "glove"): Run[] =>
    ["relaxed", "simd"].map((build) => ({
      name: `ours, ${build}`,
      run: async () => {
        const message = { act, build, text, minCount: MIN_COUNT, dimension: D, passes: GLOVE_PASSES };
        return (await ask(page, build, message)) as { ms: number; loss: number };
      },
    }));
  try {
    const pairs = [...ours("sgns"), ...wordPeers(folder, words)];
    const counted = [...ours("glove"), ...glovePeers(folder, counts)];
    const size = `${words.size} words, V ${words.words.length}, D ${D}, 1 pass`;
    return [
      ...(await inTurns("sgns", `${size}, K 5`, pairs)),
      ...(await inTurns("glove", `${counts.counts.length} pairs, D ${D}, ${GLOVE_PASSES} passes`, counted)),
    ];
  } finally {
    await close();
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
  const args = [file, ...[words.length, D, GLOVE_PASSES].map(String)];
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
