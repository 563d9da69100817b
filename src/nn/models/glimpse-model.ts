import { assert, assertCount } from "#src/util/assert.ts";
import type { Rng } from "#src/util/rng.ts";
import type { Kernels } from "../kernels/module.ts";
import type { SequenceBatch } from "../model.ts";
import { GLIMPSE_SIZE, Retina, type Window } from "./retina.ts";
import { sequenceModel, type SequenceModel } from "./sequence-model.ts";

/** of the reader while it trains */
const DROPOUT = 0.2;
const MOST_SHIFT = 2;

export interface GlimpseModelOptions {
  /** pictures [N,side,side] of greys, 0 … 1, and what they show */
  images: Float32Array;
  labels: Int32Array;
  side: number;
  classes: number;
  /** T, how often it may look */
  looks: number;
  /** default 48 */
  hiddenSize?: number;
  rng: Rng;
}

/** How the eye moves: where it has learnt to, anywhere, or the same way over every picture. */
export type EyeMove = "learnt" | "random" | "fixed";

/**
 * A model that sees little of a picture at a time and decides where to look next. A recurrent network, the reader, says after
 * each glimpse what the picture may show; another, the eye, names the next place. Neither gets the picture as a whole.
 *
 * Source: the recurrent attention model of Mnih, Heess, Graves & Kavukcuoglu 2014. Theirs learns where to look from reward alone
 * (REINFORCE); here every place is tried while training, and the eye learns from what was best.
 */
export class GlimpseModel {
  readonly #options: GlimpseModelOptions;
  readonly #retina: Retina;
  /** for `nn.fit` with `readerBatch` */
  readonly reader: SequenceModel;
  /** for `nn.fit` with `eyeBatch` */
  readonly eye: SequenceModel;

  /** @throws Error when pictures, labels and sizes do not fit */
  constructor(kernels: Kernels | undefined, options: GlimpseModelOptions) {
    assertOptions(options);
    const { side, classes, looks, hiddenSize = 48, rng } = options;
    this.#options = options;
    this.#retina = new Retina(side);
    assert(looks <= this.places, `glimpseModel: there are ${this.places} places, got ${looks} looks`);
    const common = { inputs: { features: GLIMPSE_SIZE }, cell: "gru", hiddenSize } as const;
    this.reader = sequenceModel(kernels, {
      ...common,
      outputs: { classes },
      dropout: DROPOUT,
      rng: rng.fork("reader"),
    });
    const outputs = { classes: this.places };
    this.eye = sequenceModel(kernels, { ...common, outputs, rng: rng.fork("eye") });
  }

  /** how many places there are to look at */
  get places(): number {
    return this.#retina.places;
  }

  get parameterCount(): number {
    return this.reader.parameterCount + this.eye.parameterCount;
  }

  /** The sharp part of a place. */
  window = (place: number): Window => this.#retina.window(place);

  /**
   * What the reader learns from: these pictures along random paths, and a share of them along the learnt ones. The pictures are
   * shifted by up to two pixels each time: with few of them it would soon know each by its middle and look no further.
   */
  readerBatch(which: readonly number[], rng: Rng, share = 0): SequenceBatch {
    const { labels, looks } = this.#options;
    const learnt = Math.round(share * which.length);
    const along = this.paths(which.slice(0, learnt), "learnt");
    const paths = [...along, ...this.paths(which.slice(learnt), "random", rng)];
    const targets = Int32Array.from(which.flatMap((n) => Array<number>(looks).fill(labels[n]!)));
    return { ...this.#glimpses(which, paths, rng), targets };
  }

  /**
   * What the eye learns from: at each step the place after which the reader would believe most in the truth, found by trying every
   * place. Half of the paths go on there, the others anywhere, so that the eye also learns from places it would not have chosen.
   */
  eyeBatch(which: readonly number[], rng: Rng): SequenceBatch {
    const steps = this.#options.looks - 1;
    const paths = which.map(() => [middleOf(this.#retina)]);
    const targets = new Int32Array(which.length * steps);
    for (let t = 0; t < steps; t++)
      this.#bestPlaces(which, paths).forEach((place, b) => {
        targets[b * steps + t] = place;
        paths[b]!.push(rng.uniform() < 0.5 ? place : anyOther(paths[b]!, this.places, rng));
      });
    const seen = paths.map((path) => path.slice(0, steps));
    return { ...this.#glimpses(which, seen), targets };
  }

  /** The places [B][T] at which it looks, from the middle on, none of them twice. */
  paths(which: readonly number[], how: EyeMove, rng?: Rng): number[][] {
    const { looks } = this.#options;
    if (how === "fixed") return which.map(() => fixedPath(this.#retina, looks));
    if (how === "random") assert(rng, "glimpseModel: random paths need an rng, such as rng(1)");
    const paths = which.map(() => [middleOf(this.#retina)]);
    for (let t = 1; t < looks && which.length > 0; t++) {
      const next =
        how === "learnt"
          ? this.#lastRows(this.eye, which, paths).map((probs, b) => bestOther(probs, paths[b]!))
          : paths.map((path) => anyOther(path, this.places, rng!));
      next.forEach((place, b) => paths[b]!.push(place));
    }
    return paths;
  }

  /** Probabilities [B][T][classes] after each glimpse of these paths, which are of one length. */
  probs(which: readonly number[], paths: readonly (readonly number[])[]): number[][][] {
    const { classes } = this.#options;
    const batch = this.#glimpses(which, paths);
    const flat = this.reader.predict(batch);
    return which.map((_, b) =>
      Array.from({ length: batch.timesteps }, (_, t) => {
        const at = (b * batch.timesteps + t) * classes;
        return [...flat.subarray(at, at + classes)];
      }),
    );
  }

  dispose(): void {
    this.reader.dispose();
    this.eye.dispose();
  }

  #bestPlaces(which: readonly number[], paths: readonly number[][]): number[] {
    const P = this.places;
    const tried = paths.flatMap((path) => Array.from({ length: P }, (_, place) => [...path, place]));
    const rows = this.#lastRows(
      this.reader,
      which.flatMap((n) => Array<number>(P).fill(n)),
      tried,
    );
    return which.map((n, b) => {
      const truth = this.#options.labels[n]!;
      return bestOther(
        Array.from({ length: P }, (_, place) => rows[b * P + place]![truth]!),
        paths[b]!,
      );
    });
  }

  /** What a model says after the last glimpse of each path, [B] rows. */
  #lastRows(model: SequenceModel, which: readonly number[], paths: readonly number[][]): Float32Array[] {
    const batch = this.#glimpses(which, paths);
    const flat = model.predict(batch);
    const K = flat.length / (which.length * batch.timesteps);
    return which.map((_, b) => {
      const at = ((b + 1) * batch.timesteps - 1) * K;
      return flat.subarray(at, at + K);
    });
  }

  #glimpses(which: readonly number[], paths: readonly (readonly number[])[], rng?: Rng) {
    const { images, side } = this.#options;
    const timesteps = paths[0]?.length ?? 0;
    const inputs = new Float32Array(which.length * timesteps * GLIMPSE_SIZE);
    which.forEach((n, b) => {
      const image = images.subarray(n * side * side, (n + 1) * side * side);
      const shift = [1, 1].map(() => (rng ? rng.integer(2 * MOST_SHIFT + 1) - MOST_SHIFT : 0)) as [
        number,
        number,
      ];
      paths[b]!.forEach((place, t) =>
        this.#retina.look(image, place, { shift, out: inputs, at: (b * timesteps + t) * GLIMPSE_SIZE }),
      );
    });
    return { batchSize: which.length, timesteps, inputs };
  }
}

function assertOptions({ images, labels, side, classes, looks, rng }: GlimpseModelOptions): void {
  for (const [name, value] of Object.entries({ side, classes, looks }))
    assertCount("glimpseModel", name, value);
  assert(rng, "glimpseModel: an rng is needed, such as rng: rng(1)");
  const expected = labels.length * side * side;
  assert(
    images.length === expected,
    `glimpseModel: expected ${expected} pixels (${labels.length} labels × ${side} × ${side}), got ${images.length}`,
  );
  const wrong = labels.findIndex((label) => !(label >= 0 && label < classes));
  assert(wrong < 0, `glimpseModel: expected labels of 0 … ${classes - 1}, got ${labels[wrong]} at ${wrong}`);
}

/** The place with the highest value that was not looked at yet; of equal ones the first. */
function bestOther(values: ArrayLike<number>, seen: readonly number[]): number {
  let best = -1;
  for (let place = 0; place < values.length; place++)
    if (!seen.includes(place) && (best < 0 || values[place]! > values[best]!)) best = place;
  return best;
}

function anyOther(seen: readonly number[], places: number, rng: Rng): number {
  for (;;) {
    const place = rng.integer(places);
    if (!seen.includes(place)) return place;
  }
}

const middleOf = ({ across }: Retina): number => {
  const middle = Math.floor(across / 2);
  return middle * across + middle;
};

/** The middle, and then places that are spread evenly over the picture. */
function fixedPath(retina: Retina, looks: number): number[] {
  const start = middleOf(retina);
  const path = [start];
  for (let k = 1; path.length < looks; k++) {
    const place = Math.floor(((k - 0.5) * retina.places) / Math.max(1, looks - 1)) % retina.places;
    path.push(path.includes(place) ? bestOther(Array(retina.places).fill(0), path) : place);
  }
  return path;
}
