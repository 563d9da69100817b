/** `npm run bench`: one training iteration of ours, of tf.layers and of PyTorch, in turns within one run. */
import type { Page } from "@playwright/test";
import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { benchDates } from "./dates.ts";
import { EXAMPLE, RELAXED } from "./date-example.ts";
import { ask, openBrowser } from "./workers.ts";

export interface Config {
  /**
   * "decode" is one step of decoding for batchSize rows: 1 is greedy, more a beam; "convert" is a whole date, read and said
   * greedily in ten steps; "fit" is an iteration of an LSTM by nn.fit, "tensors" its gradients by tf.variableGrads
   */
  model: "rnn" | "gru" | "lstm" | "seq2seq" | "decode" | "convert" | "fit" | "tensors";
  batchSize: number;
  timesteps: number;
  vocabSize: number;
  hiddenSize: number;
  /** of pairs */
  sourceLength?: number;
}

export interface Row {
  workload: string;
  config: string;
  ours_ms: number;
  peer: string;
  peer_ms: number;
  ratio: number;
  /** share of the speed of this core's best WebAssembly product in the same run */
  gemm_share?: number;
  gflops?: number;
  /** where both learnt a task: shares of unseen examples that are right */
  ours_exact?: number;
  peer_exact?: number;
}

const ROUNDS = 5;
const SLICE = 250;
/** A netlib build multiplies twenty times slower than the machine can: beating it says nothing. */
const NATIVE_RATE = 40;

const textOf = (c: Config) =>
  `H ${c.hiddenSize}, B ${c.batchSize}, ${c.sourceLength ? `S ${c.sourceLength}, ` : ""}T ${c.timesteps}, V ${c.vocabSize}`;

/** Forward, both backward products and the output layer, step by step, at two operations a multiplication. */
function flopsOf({
  model,
  batchSize: B,
  timesteps: T,
  vocabSize: V,
  hiddenSize: H,
  sourceLength: S = 0,
}: Config) {
  if (model === "convert") return 2 * (S + T) * 8 * H * H + 2 * T * (2 * S * H + 2 * H * H + H * V);
  if (model === "decode") return 2 * B * (H * (10 * H + V) + 2 * S * H);
  if (model === "seq2seq") return 6 * B * ((S + T) * 8 * H * H + T * (2 * S * H + 2 * H * H + H * V));
  return 6 * B * T * H * ({ rnn: 1, gru: 3, lstm: 4, fit: 4, tensors: 4 }[model] * H + V);
}

export const CONFIGS: Config[] = (["lstm", "gru", "rnn"] as const).flatMap((model) =>
  [32, 64, 128, 256].map((hiddenSize) => ({
    model,
    batchSize: 32,
    timesteps: 32,
    vocabSize: 64,
    hiddenSize,
  })),
);
const DATES = { hiddenSize: 64, sourceLength: 12, vocabSize: 13 };
const PAIRS: Config[] = [
  { model: "seq2seq", batchSize: 128, timesteps: 10, ...DATES },
  { model: "decode", batchSize: 1, timesteps: 1, ...DATES },
  { model: "decode", batchSize: 4, timesteps: 1, ...DATES },
  { model: "convert", batchSize: 1, timesteps: 10, ...DATES },
];
const PATHS: Config[] = (["fit", "tensors"] as const).flatMap((model) =>
  [CONFIGS[0]!, CONFIGS[1]!].map((config) => ({ ...config, model })),
);
const PARTS: Partial<Record<Config["model"], string>> = { convert: "decode", fit: "paths", tensors: "paths" };
const partOf = ({ model }: Config) => PARTS[model] ?? model;
const SCALING: Config[] = [
  ...[64, 128, 256, 512].map((timesteps) => ({ ...CONFIGS[1]!, timesteps })),
  ...[1, 4, 8, 128].map((batchSize) => ({ ...CONFIGS[1]!, batchSize })),
  ...[256, 1024].map((vocabSize) => ({ ...CONFIGS[1]!, vocabSize })),
];

interface Peer {
  name: string;
  prepare(config: Config): Promise<void>;
  slice(): Promise<number>;
}

export async function benchTraining(worker: string, only: string | undefined): Promise<Row[]> {
  const { page, close } = await openBrowser(worker);
  const torch = await startTorch();
  try {
    const rows: Row[] = [];
    const inBrowser = (name: string): Peer => ({
      name,
      prepare: async (config) => void (await ask(page, name, { act: name, config })),
      slice: async () => Number(await ask(page, name, { act: "slice", milliseconds: SLICE })),
    });
    const [relaxed, simd, layers, example] = [RELAXED, "simd", "tfjs-wasm layers", EXAMPLE].map(inBrowser);
    // tf.layers has no attention: this peer is made of single operations, as few as can be
    const operations = { ...layers!, name: "tfjs-wasm operations" };
    const wanted = (c: Config) => !only || partOf(c) === only;
    for (const config of CONFIGS.filter(wanted))
      rows.push(...(await compare(page, config, relaxed!, [simd!, layers!, ...(torch ? [torch] : [])])));
    for (const config of PAIRS.filter(wanted)) {
      // the example decodes whole dates only
      const peers = {
        ...{ decode: [operations], convert: [example!] },
        seq2seq: [operations, example!, ...(torch ? [torch] : [])],
      }[config.model as "seq2seq"];
      rows.push(...(await compare(page, config, relaxed!, [simd!, ...peers])));
    }
    if (!only || only === "seq2seq") rows.push(...(await benchDates(page)));
    // the bare kernels of the same build take part as the peer
    const bare = { ...simd!, name: "the bare kernels" };
    for (const config of PATHS.filter(wanted))
      rows.push(...(await compare(page, config, inBrowser("path"), [bare])));
    for (const config of SCALING.filter(wanted))
      rows.push(...(await compare(page, config, relaxed!, [simd!])));
    return rows;
  } finally {
    torch?.end();
    await close();
  }
}

async function compare(page: Page, config: Config, ours: Peer, peers: Peer[]): Promise<Row[]> {
  const all = [ours, ...peers];
  const times = new Map<Peer, number[]>(all.map((peer) => [peer, []]));
  for (const peer of all) await peer.prepare(config);
  for (const peer of all) await peer.slice();
  const peaks: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    peaks.push(((await ask(page, "relaxed", { act: "peak" })) as { relaxed: number }).relaxed);
    for (const peer of all) times.get(peer)!.push(await peer.slice());
  }
  const mine = median(times.get(ours)!);
  const gflops = flopsOf(config) / mine / 1e6;
  return peers.map((peer) => {
    const theirs = median(times.get(peer)!);
    const shared = {
      workload: config.model,
      config: textOf(config),
      ours_ms: mine,
      peer: peer.name,
      peer_ms: theirs,
    };
    return { ...shared, ratio: theirs / mine, gflops, gemm_share: gflops / median(peaks) };
  });
}

const median = (values: number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]!;

/** PyTorch when this machine has one that multiplies at native speed; otherwise the reason why not. */
async function startTorch(): Promise<(Peer & { end(): void }) | undefined> {
  for (const python of ["python3", "/usr/bin/python3"]) {
    const child = spawn(python, [join(import.meta.dirname, "torch_peer.py")], {
      stdio: ["pipe", "pipe", "ignore"],
      env: { ...process.env, OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1", MKL_NUM_THREADS: "1" },
    });
    const read = lines(child);
    const hello = await read();
    if (!hello) continue;
    const { version, blas, sgemm } = hello as { version: string; blas: string; sgemm: number };
    console.log(`PyTorch ${version} (${blas}), sgemm ${sgemm.toFixed(0)} GFLOP/s on one thread`);
    if (sgemm < NATIVE_RATE) {
      console.log(
        "That is a reference BLAS, not a native one, so PyTorch is left out: install libopenblas0-pthread.",
      );
      child.kill();
      return undefined;
    }
    const send = (message: object) => (child.stdin!.write(`${JSON.stringify(message)}\n`), read());
    return {
      name: `PyTorch ${version}, one thread`,
      prepare: async (config) => void (await send({ act: "config", config })),
      slice: async () => ((await send({ act: "slice", milliseconds: SLICE })) as { value: number }).value,
      end: () => void child.kill(),
    };
  }
  console.log("No python3 with PyTorch on this machine: its rows are left out.");
  return undefined;
}

function lines(child: ChildProcess): () => Promise<unknown> {
  const reader = createInterface({ input: child.stdout! })[Symbol.asyncIterator]();
  child.on("error", () => undefined);
  return async () => {
    const { value, done } = await reader.next();
    return done ? undefined : JSON.parse(value as string);
  };
}
