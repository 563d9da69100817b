import type { Activation } from "../ref/activation.ts";
import type { Kernels } from "./module.ts";

/** rnn, lstm, and the GRU with its reset after or before the product. */
export type RecurrentKind = "rnn" | "lstm" | "gru-after" | "gru-before";

export interface RecurrentSizes {
  kind: RecurrentKind;
  batchSize: number;
  timesteps: number;
  /** rows of Wx: V when the layer reads tokens, D when it reads vectors */
  inputSize: number;
  hiddenSize: number;
  /** "tokens" int32 [B,T], or "vectors" float32 [B,T,D] */
  reads: "tokens" | "vectors";
  /** of the vanilla RNN; default tanh */
  activation?: Activation;
  /** the layer gets a first state, and gives its gradient */
  hasFirst?: boolean;
  hasMask?: boolean;
  /** ‖∂loss/∂h_t‖ is measured on the way back, and ‖∂loss/∂c_t‖ of an LSTM */
  hasNorms?: boolean;
}

/** Sizes as they lie in memory: B rounded up to 4 unless it is less, D and H to 8 (the rows of tokens' Wx as they are); rows = T·B. */
export interface PaddedSizes {
  B: number;
  D: number;
  H: number;
  rows: number;
  /** blocks of H columns */
  G: number;
}

/** The plan's fields in the order of assembly/plan.ts. */
// prettier-ignore
const FIELDS = [
  "T", "B", "D", "H", "V", "activation", "hasFirst", "tokens", "mask", "x", "dx", "Wx", "Wh", "b", "bhn",
  "dWx", "dWh", "db", "dbhn", "table", "WhT", "z", "h", "c", "y", "dh", "dc", "normsH", "normsC",
] as const;
export type Field = (typeof FIELDS)[number];

const ACTIVATION_CODES: Record<Activation, number> = { tanh: 0, relu: 1, identity: 2, sigmoid: 3 };
/** Blocks of H columns in the weights. */
export const GATES: Record<RecurrentKind, number> = { rnn: 1, lstm: 4, "gru-after": 3, "gru-before": 3 };

export const roundUp = (n: number, to: number): number => Math.ceil(n / to) * to;

/** Products work on four rows at a time; fewer are done one by one, which costs less than rows of zeros. */
export const paddedRows = (n: number): number => (n < 4 ? n : roundUp(n, 4));

export function paddedSizes({
  kind,
  batchSize,
  timesteps: T,
  hiddenSize,
  inputSize,
  reads,
}: RecurrentSizes): PaddedSizes {
  const B = paddedRows(batchSize);
  const D = reads === "tokens" ? inputSize : roundUp(inputSize, 8);
  return { B, D, H: roundUp(hiddenSize, 8), rows: T * B, G: GATES[kind] };
}

/** How many four-byte numbers each array of a plan has; what is not needed has none. */
function lengthsOf(sizes: RecurrentSizes, { B, D, H, rows, G }: PaddedSizes): Partial<Record<Field, number>> {
  const { kind, reads, timesteps: T, hasMask, hasNorms } = sizes;
  const isAfter = kind === "gru-after";
  const states = (rows + B) * H;
  const vectors = reads === "vectors" ? rows * D : 0;
  const [Wx, Wh] = [D * G * H, H * G * H];
  return {
    tokens: reads === "tokens" ? rows : 0,
    mask: hasMask ? rows : 0,
    x: vectors,
    dx: vectors,
    ...{ Wx, Wh, b: G * H, dWx: Wx, dWh: Wh, db: G * H, table: Wx, WhT: Wh },
    ...(isAfter ? { bhn: H, dbhn: H } : {}),
    z: rows * H * (isAfter ? 4 : G),
    h: states,
    dh: states,
    c: kind === "lstm" ? states : 0,
    y: kind === "lstm" || kind === "gru-before" ? rows * H : 0,
    dc: B * H,
    normsH: hasNorms ? T : 0,
    normsC: hasNorms && kind === "lstm" ? T : 0,
  };
}

/** The plan in the kernels' memory, and the places that it names (0 = not there). */
export function takePlan(kernels: Kernels, sizes: RecurrentSizes, padded: PaddedSizes) {
  const lengths = lengthsOf(sizes, padded);
  const places = {} as Record<Field, number>;
  for (const field of FIELDS) places[field] = lengths[field] ? kernels.take(lengths[field]) : 0;
  const plan = kernels.take(FIELDS.length);
  const { B, D, H } = padded;
  const numbers: Partial<Record<Field, number>> = {
    ...{ T: sizes.timesteps, B, D, H },
    activation: ACTIVATION_CODES[sizes.activation ?? "tanh"],
    hasFirst: Number(sizes.hasFirst ?? false),
  };
  kernels.integers(plan, FIELDS.length).set(FIELDS.map((field) => numbers[field] ?? places[field]));
  return {
    plan,
    places: places as Readonly<Record<Field, number>>,
    giveBack: () => [plan, ...Object.values(places)].forEach((place) => kernels.giveBack(place)),
  };
}
