/**
 * `npm run bench`: measures, prints and saves a table. `--only page|lstm|gru|rnn|seq2seq|decode|paths|words` runs a part, `--json FILE` saves the rows.
 * Times vary with the machine; the ratios are of one run.
 */
import { build } from "esbuild";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { benchPage } from "../e2e/bench/page.ts";
import { benchTraining, type Row } from "../e2e/bench/training.ts";
import { benchWords } from "../e2e/bench/words.ts";
import { ROOT } from "./program.ts";

const { values } = parseArgs({ options: { only: { type: "string" }, json: { type: "string" } } });
const PARTS = ["page", "lstm", "gru", "rnn", "seq2seq", "decode", "paths", "words"];
if (values.only && !PARTS.includes(values.only)) {
  console.error(`There is no bench "${values.only}". There are ${PARTS.join(", ")}.`);
  process.exit(1);
}

async function workerCode(file: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(ROOT, "e2e/bench", file)],
    bundle: true,
    write: false,
    minify: true,
    format: "iife",
    platform: "browser",
    // tfjs names Node's modules in branches that a browser never takes
    external: ["fs", "path", "worker_threads", "perf_hooks", "os", "util", "crypto", "string_decoder"],
    logLevel: "error",
  });
  return outputFiles[0]!.text;
}

const percent = (share: number | undefined) => `${(100 * share!).toFixed(1)} %`;
const exact = ({ ours_exact, peer_exact }: Row) =>
  ours_exact === undefined ? "" : `unseen exact: ours ${percent(ours_exact)}, peer ${percent(peer_exact)}`;

const show = (row: Row) => {
  const { workload, config, ours_ms, peer, peer_ms, ratio, gemm_share, gflops } = row;
  return [
    workload.padEnd(7),
    config.padEnd(32),
    `${ours_ms.toFixed(2)} ms`.padStart(10),
    peer.padEnd(32),
    `${peer_ms.toFixed(2)} ms`.padStart(11),
    `${ratio.toFixed(2)}×`.padStart(8),
    (gflops === undefined ? "" : `${gflops.toFixed(1)} GFLOP/s`).padStart(14),
    (gemm_share === undefined ? "" : `${(100 * gemm_share).toFixed(0)} %`).padStart(6),
    exact(row),
  ]
    .join("  ")
    .trimEnd();
};

const rows: Row[] = [];
if (!values.only || values.only === "page")
  for (const { what, value, unit, target } of await benchPage())
    console.log(
      `${what.padEnd(58)} ${value.toFixed(1).padStart(8)} ${unit}${target ? `  (target ${target})` : ""}`,
    );
if (values.only !== "page" && values.only !== "words")
  rows.push(...(await benchTraining(await workerCode("training-worker.ts"), values.only)));
if (!values.only || values.only === "words")
  rows.push(...(await benchWords(await workerCode("words-worker.ts"))));
for (const row of rows) console.log(show(row));
if (values.json) writeFileSync(values.json, `${JSON.stringify(rows, null, 1)}\n`);
