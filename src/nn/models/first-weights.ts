import { assert, assertCount } from "#src/util/assert.ts";
import { log } from "#src/util/math.ts";
import type { Rng } from "#src/util/rng.ts";
import type { CellKind } from "../kernels/parts/part.ts";
import type { RecurrentKind } from "../kernels/recurrent-plan.ts";
import { ACTIVATIONS, type Activation } from "../ref/activation.ts";
import { glorot, he, orthogonal } from "../ref/initial.ts";
import { identity } from "../ref/jacobian.ts";
import { withSpectralRadius } from "../ref/spectral.ts";

/** How the recurrent matrix starts, one square block for each gate. */
export type RecurrentStart = "orthogonal" | "glorot" | "he" | "identity";

export interface FirstWeightOptions {
  vocabSize: number;
  hiddenSize: number;
  /** draws the first weights */
  rng: Rng;
  /** default tanh; a vanilla RNN only */
  activation?: Activation;
  /** default orthogonal; Wx and Wy start as Glorot's, the biases as zeros */
  initial?: RecurrentStart;
  /** scales Wh so that its spectral radius is this; a vanilla RNN only */
  recurrentRadius?: number;
  /** what the bias of an LSTM's forget gate starts with, or of a highway's carry gate; default 1 */
  forgetBias?: ForgetBias;
}

/**
 * A number for all units; or { chrono: T }, which gives each unit a span of its own: log u with u drawn from 1 … T − 1, and for
 * an LSTM's input gate the negative. A unit then starts by keeping its state for about u steps. A GRU's update gate takes it too.
 *
 * Source of chrono: Tallec & Ollivier 2018.
 */
export type ForgetBias = number | { chrono: number };

/** Gates in the order in which they are packed. */
const GATE_NAMES: Record<CellKind, string[]> = {
  rnn: [""],
  lstm: ["i", "f", "g", "o"],
  "gru-after": ["r", "z", "n"],
  "gru-before": ["r", "z", "n"],
  highway: ["z", "n"],
  "lstm-peephole": ["i", "f", "g", "o"],
};

/** The first weights of a language model, and their shapes; the same seed gives the same in every browser. */
export function firstWeights(
  owner: string,
  kind: RecurrentKind,
  options: FirstWeightOptions,
): Record<string, FirstWeight> {
  const { vocabSize: V, hiddenSize: H, rng } = options;
  assertOptions(owner, kind, options);
  return {
    ...firstRecurrent(kind, { ...options, inputSize: V }),
    Wy: { shape: [H, V], values: new Float32Array(glorot(H, V, rng.fork("Wy"))) },
    by: { shape: [V], values: new Float32Array(V) },
  };
}

/** The first weights of one recurrent layer: Wx [D,G·H], Wh [H,G·H], b [G·H], bhn [H] of a GRU with reset after, Wp [3H] of peepholes. */
export function firstRecurrent(
  kind: CellKind,
  options: Omit<FirstWeightOptions, "vocabSize"> & { inputSize: number },
): Record<string, FirstWeight> {
  const { inputSize: D, hiddenSize: H, rng } = options;
  const { initial = "orthogonal", recurrentRadius, forgetBias = 1 } = options;
  const start = {
    ...{ orthogonal, identity },
    glorot: (n: number, own: Rng) => glorot(n, n, own),
    he: (n: number, own: Rng) => he(n, n, own),
  };
  const gates = GATE_NAMES[kind];
  const label = (name: string, gate: string) => rng.fork(gate ? `${name} ${gate}` : name);
  const square = (gate: string) => {
    const Wh = start[initial](H, label("Wh", gate));
    return recurrentRadius === undefined ? Wh : withSpectralRadius(Wh, recurrentRadius);
  };
  const inputBlocks = gates.map((gate) => glorot(D, H, label("Wx", gate)));
  const G = gates.length;
  const b = firstBias(kind, { H, G, forgetBias, rng });
  return {
    Wx: { shape: [D, G * H], values: sideBySide(inputBlocks, H) },
    Wh: { shape: [H, G * H], values: sideBySide(gates.map(square), H) },
    b: { shape: [G * H], values: b },
    ...(kind === "gru-after" ? { bhn: { shape: [H], values: new Float32Array(H) } } : {}),
    ...(kind === "lstm-peephole" ? { Wp: { shape: [3 * H], values: new Float32Array(3 * H) } } : {}),
  };
}

function firstBias(
  kind: CellKind,
  { H, G, forgetBias, rng }: { H: number; G: number; forgetBias: ForgetBias; rng: Rng },
): Float32Array {
  const b = new Float32Array(G * H);
  const keeps = {
    ...{ rnn: undefined, lstm: H, "lstm-peephole": H, highway: 0, "gru-after": H, "gru-before": H },
  }[kind];
  if (keeps === undefined) return b;
  if (typeof forgetBias === "number")
    return kind.startsWith("gru") ? b : b.fill(forgetBias, keeps, keeps + H);
  const draw = rng.fork("chrono");
  for (let k = 0; k < H; k++) {
    const span = log(1 + draw.uniform() * Math.max(0, forgetBias.chrono - 2));
    b[keeps + k] = span;
    if (kind.startsWith("lstm")) b[k] = -span;
  }
  return b;
}

export interface FirstWeight {
  shape: number[];
  values: Float32Array;
}

/** Blocks [R,H] → [R,G·H]. */
function sideBySide(blocks: Float64Array[], H: number): Float32Array {
  const G = blocks.length;
  const joined = new Float32Array(G * blocks[0].length);
  blocks.forEach((block, g) => {
    for (let row = 0; row < block.length / H; row++)
      joined.set(block.subarray(row * H, (row + 1) * H), (row * G + g) * H);
  });
  return joined;
}

function assertOptions(owner: string, kind: RecurrentKind, options: FirstWeightOptions): void {
  const { activation, initial, recurrentRadius } = options;
  assertCount(owner, "vocabSize", options.vocabSize);
  assertCount(owner, "hiddenSize", options.hiddenSize);
  assert(options.rng, `${owner}: an rng is needed, such as rng: rng(1)`);
  if (activation !== undefined) assertOneOf(owner, "activation", activation, ACTIVATIONS);
  if (initial !== undefined)
    assertOneOf(owner, "initial", initial, ["orthogonal", "identity", "glorot", "he"]);
  const alone = activation !== undefined ? "activation" : recurrentRadius !== undefined && "recurrentRadius";
  assert(kind === "rnn" || !alone, `${owner}: ${alone} belongs to a vanilla RNN; this model has gates`);
}

export function assertOneOf(owner: string, name: string, value: string, allowed: readonly string[]): void {
  const list = allowed.map((item) => `"${item}"`).join(", ");
  assert(
    allowed.includes(value),
    `${owner}: expected ${name} to be one of ${list}, got ${JSON.stringify(value)}`,
  );
}
