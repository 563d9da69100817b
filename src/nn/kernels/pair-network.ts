import type { ModelState, PairBatch, UpdateSettings } from "../model.ts";
import { reversed } from "../ref/bidirectional.ts";
import { embeddingBackward, embeddingForward } from "../ref/embedding.ts";
import { join, plus, split } from "../ref/join.ts";
import type { Rng } from "#src/util/rng.ts";
import type { Kernels } from "./module.ts";
import { kernelParts } from "./parts/kernel-parts.ts";
import type { AttentionPart, ClassesPart, DensePart, Parts } from "./parts/part.ts";
import { plainParts } from "./parts/plain-parts.ts";
import { type PairNetworkSizes, pairShapes, scoreShapes } from "./pair-sizes.ts";
import { Drops } from "./parts/drops.ts";
import { TokenLayer } from "./parts/token-layer.ts";
import { sizeOf } from "./sequence-network.ts";

/** What a decoder starts from: the encoder's outputs [B,S,H], which of them exist, and its last state. */
export interface Encoded {
  keys: Float32Array;
  sourceLength: number;
  mask?: ArrayLike<number>;
  state: ModelState;
}

/** Some steps of the decoder. */
interface Decoded {
  /** what the output layer reads, [B·T,A or H] */
  top: Float32Array;
  state: ModelState;
  /** [B,T,S] */
  alpha?: Float32Array;
}

/** Encoder, decoder, attention between them, and an output layer, as one engine. */
export class PairNetwork {
  readonly #sizes: PairNetworkSizes;
  readonly #parts: Parts;
  readonly #encoder?: TokenLayer;
  readonly #encoderBack?: TokenLayer;
  readonly #features?: DensePart;
  readonly #decoder: TokenLayer;
  readonly #attention?: AttentionPart;
  readonly #combine?: DensePart;
  readonly #classes: ClassesPart;
  /** of the pass that is under way or was the last */
  #drops = new Drops(0);
  /** whether tokens are embedded first, since units drop or the gradient of the embedded ones is wanted */
  #isSplit = false;

  constructor(kernels: Kernels | undefined, sizes: PairNetworkSizes) {
    const { hiddenSize: H, attention: scoring, combinedSize: A, vocabSize, embeddingSize, kind } = sizes;
    const shapes = pairShapes(sizes);
    const lengths = Object.fromEntries(Object.entries(shapes).map(([name, shape]) => [name, sizeOf(shape)]));
    const parts = kernels ? kernelParts(kernels, lengths) : plainParts(lengths);
    const tokenLayer = (prefix: string, E: string, own: { vocabSize: number; hiddenSize: number }) => {
      const names = { E, Wx: `${prefix}Wx`, Wh: `${prefix}Wh`, b: `${prefix}b` };
      const all = kind === "gru-after" ? { ...names, bhn: `${prefix}bhn` } : names;
      return new TokenLayer(parts, { kind, embeddingSize, ...own }, all);
    };
    const source = { vocabSize: sizes.sourceSize, hiddenSize: sizes.isBidirectional ? H / 2 : H };
    this.#sizes = sizes;
    this.#parts = parts;
    if (sizes.source === "features")
      this.#features = parts.dense(
        { inputSize: sizes.sourceSize, outputSize: H, activation: "tanh" },
        { W: "encoderW", b: "encoderB" },
      );
    else this.#encoder = tokenLayer("encoder", "encoderE", source);
    if (sizes.isBidirectional) this.#encoderBack = tokenLayer("encoderBack", "encoderE", source);
    this.#decoder = tokenLayer("decoder", "decoderE", { vocabSize, hiddenSize: H });
    if (scoring) {
      const names = Object.fromEntries(Object.keys(scoreShapes(sizes)).map((name) => [name, name]));
      this.#attention = parts.attention({ scoring, hiddenSize: H }, names);
      this.#combine = parts.dense(
        { inputSize: 2 * H, outputSize: A, activation: "tanh" },
        { W: "Wc", b: "bc" },
      );
    }
    this.#classes = parts.classes({ inputSize: scoring ? A : H, vocabSize }, { Wy: "Wy", by: "by" });
  }

  get names(): readonly string[] {
    return this.#parts.parameters.names;
  }
  weight = (name: string): Float32Array => this.#parts.parameters.weight(name);
  gradient = (name: string): Float32Array => this.#parts.parameters.gradient(name);
  update = (settings: UpdateSettings): number => this.#parts.parameters.update(settings);
  restart = (): void => this.#parts.parameters.restart();

  /** The loss with the true tokens as the decoder's inputs, and alpha [B,T,S]. */
  evaluate(batch: PairBatch): { loss: number; kept: number; alpha?: Float32Array } {
    const { top, alpha } = this.#decode(this.encode(batch), batch.inputs, batch.timesteps);
    return { ...this.#classes.loss(top, batch.targets, batch.mask), alpha };
  }

  /** With every gradient. An rng drops units. */
  gradients(batch: PairBatch, rng?: Rng): { loss: number; kept: number } {
    const { loss, kept } = this.#pass(batch, new Drops(this.#sizes.dropout, rng));
    return { loss, kept };
  }

  /** The gradient of embedded tokens [B,S,D] or of features [B,S,F]. */
  sourceGradient(batch: PairBatch): Float32Array {
    this.#isSplit = true;
    const { dsource } = this.#pass(batch, new Drops(0));
    this.#isSplit = false;
    return dsource!;
  }

  #pass(batch: PairBatch, drops: Drops): { loss: number; kept: number; dsource?: Float32Array } {
    this.#drops = drops;
    const found = this.evaluate(batch);
    const { dkeys, first } = this.#decoderBackward(batch, this.#classes.backward());
    const dsource = this.#encoderBackward(batch, dkeys, first);
    this.#drops = new Drops(0);
    return { ...found, dsource };
  }

  encode(batch: Pick<PairBatch, "batchSize" | "sourceLength" | "sources" | "sourceMask">): Encoded {
    const { batchSize: B, sourceLength: S, sources, sourceMask: mask } = batch;
    if (this.#features) {
      const keys = this.#features.forward(sources as Float32Array);
      return { keys, sourceLength: S, mask, state: this.#startOf(meanOf(keys, B, S)) };
    }
    const tokens = sources as Int32Array;
    const embedded = this.#embed("encoderE", tokens, this.#encoder!); // [B,S,D]
    const size = { batchSize: B, timesteps: S };
    const there = this.#encoder!.forward({ ...size, tokens, mask }, embedded);
    if (!this.#encoderBack) return { keys: there.h, sourceLength: S, mask, state: this.#started(there.last) };
    const turned = { tokens: reversed(tokens, B, S), mask: mask && reversed(Int32Array.from(mask), B, S) };
    const back = this.#encoderBack.forward({ ...size, ...turned }, embedded && reversed(embedded, B, S));
    const keys = join(there.h, reversed(back.h, B, S), B * S);
    const last = Object.keys(there.last).map((name) => [name, join(there.last[name]!, back.last[name]!, B)]);
    return { keys, sourceLength: S, mask, state: this.#started(Object.fromEntries(last) as ModelState) };
  }

  /** One token for each row: log-probabilities [B,V], the state after it, and alpha [B,S]. */
  step(
    tokens: Int32Array,
    encoded: Encoded,
  ): { logProbs: Float32Array; state: ModelState; alpha?: Float32Array } {
    const { top, state, alpha } = this.#decode(encoded, tokens, 1);
    return { logProbs: this.#classes.logProbs(top), state, alpha };
  }

  dispose(): void {
    this.#parts.dispose();
  }

  /** The embedded tokens, when the layer cannot do without them. */
  #embed(name: string, tokens: Int32Array, layer: TokenLayer): Float32Array | undefined {
    if (layer.canReadTokens && !this.#isSplit && !this.#drops.isActive) return undefined;
    const E = this.#parts.parameters.read(name);
    return this.#drops.forward(name, embeddingForward(tokens, E, this.#sizes.embeddingSize));
  }

  /** The encoder's last state as the decoder's first. */
  #started(last: ModelState): ModelState {
    return this.#sizes.kind === "lstm" && this.#sizes.startCell === "h"
      ? { h: last["h"]!, c: last["h"]! }
      : last;
  }

  #startOf(h: Float32Array): ModelState {
    return this.#sizes.kind === "lstm" ? { h, c: new Float32Array(h.length) } : { h };
  }

  #decode(
    { keys, sourceLength, mask, state: first }: Encoded,
    tokens: Int32Array,
    timesteps: number,
  ): Decoded {
    const batchSize = tokens.length / timesteps;
    const embedded = this.#embed("decoderE", tokens, this.#decoder);
    const { h, last } = this.#decoder.forward({ batchSize, timesteps, tokens, first }, embedded);
    if (!this.#attention) return { top: this.#drops.forward("top", h), state: last };
    const { alpha, context } = this.#attention.forward({
      ...{ batchSize, timesteps, sourceLength, queries: h, keys, mask },
    });
    const combined = this.#combine!.forward(join(context, h, tokens.length));
    return { top: this.#drops.forward("top", combined), state: last, alpha };
  }

  #decoderBackward({ inputs }: PairBatch, dtop: Float32Array): { dkeys?: Float32Array; first: ModelState } {
    let dh = this.#drops.backward("top", dtop);
    let dkeys: Float32Array | undefined;
    if (this.#attention) {
      const [dcontext, dhOut] = split(this.#combine!.backward(dh), inputs.length, this.#sizes.hiddenSize);
      const found = this.#attention.backward(dcontext);
      dkeys = found.dkeys;
      dh = plus(dhOut, found.dqueries);
    }
    const { first, ...found } = this.#decoder.backward(dh);
    this.#embedBackward("decoderE", inputs, found);
    return { dkeys, first };
  }

  #encoderBackward(
    batch: PairBatch,
    dkeys: Float32Array | undefined,
    first: ModelState,
  ): Float32Array | undefined {
    const { batchSize: B, sourceLength: S, sources } = batch;
    const { hiddenSize: H, startCell, isBidirectional } = this.#sizes;
    const dh = dkeys ?? new Float32Array(B * S * H);
    if (this.#features) return this.#features.backward(plusMean(dh, first["h"]!, B), this.#isSplit);
    const isShared = startCell === "h" && first["c"];
    const last: ModelState = isShared ? { h: plus(first["h"]!, first["c"]!) } : first;
    if (!isBidirectional) {
      const found = this.#encoder!.backward(dh, last);
      this.#embedBackward("encoderE", sources as Int32Array, found);
      return found.dx;
    }
    const [dThere, dBack] = split(dh, B * S, H / 2);
    const halves = Object.entries(last).map(([name, d]) => [name, split(d, B, H / 2)] as const);
    const half = (k: 0 | 1): ModelState =>
      Object.fromEntries(halves.map(([name, parts]) => [name, parts[k]]));
    const there = this.#encoder!.backward(dThere, half(0));
    const back = this.#encoderBack!.backward(reversed(dBack, B, S), half(1));
    const both = there.dE
      ? { dE: plus(there.dE, back.dE!) }
      : { dx: plus(there.dx!, reversed(back.dx!, B, S)) };
    this.#embedBackward("encoderE", sources as Int32Array, both);
    return both.dx;
  }

  #embedBackward(
    name: string,
    tokens: Int32Array,
    { dE, dx }: { dE?: Float32Array; dx?: Float32Array },
  ): void {
    const { parameters } = this.#parts;
    if (dE) return parameters.gradient(name).set(dE);
    const d = this.#drops.backward(name, dx!);
    parameters.gradient(name).set(embeddingBackward(tokens, parameters.read(name), d));
  }
}

/** [B,S,H] → the mean over S, [B,H]. */
function meanOf(keys: Float32Array, B: number, S: number): Float32Array {
  const H = keys.length / B / S;
  const mean = new Float32Array(B * H);
  for (let b = 0, n = 0; b < B; b++)
    for (let s = 0; s < S; s++) for (let k = 0; k < H; k++, n++) mean[b * H + k]! += keys[n]! / S;
  return mean;
}

/** d [B,S,H] + dmean [B,H] / S, at every s. */
function plusMean(d: Float32Array, dmean: Float32Array, B: number): Float32Array {
  const H = dmean.length / B;
  const S = d.length / dmean.length;
  const sum = new Float32Array(d.length);
  for (let b = 0, n = 0; b < B; b++)
    for (let s = 0; s < S; s++) for (let k = 0; k < H; k++, n++) sum[n] = d[n]! + dmean[b * H + k]! / S;
  return sum;
}
