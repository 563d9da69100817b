import type { Kernels } from "../module.ts";
import { roundUp } from "../recurrent-plan.ts";
import { KernelDense } from "./kernel-dense.ts";
import type { KernelParameters } from "./kernel-parameters.ts";
import type { AttentionPart, AttentionPartInput, AttentionSizes } from "./part.ts";
import { Rooms } from "./rooms.ts";

const ARRAYS = ["q", "k", "pq", "pk", "dq", "dk", "dpq", "dpk", "dcontext"] as const;
type Places = Record<(typeof ARRAYS)[number] | "alpha" | "dscores" | "mask" | "u", number>;

interface Room {
  places: Places;
  /** what lies in k and pk, and the weights it was made with: a decoder asks for the same keys at each step */
  keys?: Float32Array;
  version?: number;
  dispose(): void;
}

interface Run {
  room: Room;
  input: AttentionPartInput;
  /** whether k was written for this run */
  isNew: boolean;
}

/** How scores come from queries and keys; the rest of attention is the same for all. */
interface Score {
  forward(run: Run): void;
  /** from dscores: sets dq, and leaves the keys' part in dpk */
  backward(run: Run): void;
  dispose(): void;
}

/** Attention on the kernels. Rows are padded to whole vectors of 4. */
export class KernelAttention implements AttentionPart {
  readonly #kernels: Kernels;
  readonly #parameters: KernelParameters;
  /** floats in a row: H and the attention's size rounded up to 4 */
  readonly #C: number;
  readonly #A: number;
  readonly #H: number;
  readonly #scoring: AttentionSizes["scoring"];
  readonly #score: Score;
  readonly #rooms: Rooms<Room>;
  #run?: Run;

  constructor(
    kernels: Kernels,
    parameters: KernelParameters,
    sizes: AttentionSizes,
    names: Record<string, string>,
  ) {
    this.#kernels = kernels;
    this.#rooms = new Rooms(kernels);
    this.#parameters = parameters;
    this.#scoring = sizes.scoring;
    this.#H = sizes.hiddenSize;
    this.#C = roundUp(sizes.hiddenSize, 4);
    this.#A = roundUp(sizes.attentionSize ?? sizes.hiddenSize, 4);
    this.#score =
      sizes.scoring === "additive"
        ? this.#additive(parameters, sizes, names)
        : this.#dot(parameters, sizes, names);
  }

  forward(input: AttentionPartInput): { alpha: Float32Array; context: Float32Array } {
    const { batchSize: B, timesteps: T, sourceLength: S, queries, keys, mask } = input;
    const { run, read, integers } = this.#kernels;
    const room = this.#roomFor(input);
    const { places } = room;
    this.#run = { room, input, isNew: true };
    this.#write(queries, places.q);
    const isNew = room.keys !== keys || room.version !== this.#parameters.version;
    if (isNew) this.#write(keys, places.k);
    this.#run.isNew = isNew;
    [room.keys, room.version] = [keys, this.#parameters.version];
    if (mask) integers(places.mask, B * S).set(mask);
    this.#score.forward(this.#run);
    const shape = [B, T, S, this.#C] as const;
    run.attend(places.alpha, mask ? places.mask : 0, places.k, places.dcontext, ...shape);
    return {
      alpha: read(places.alpha, B * T * S),
      context: this.#read(places.dcontext, B * T),
    };
  }

  backward(dcontext: Float32Array): { dqueries: Float32Array; dkeys: Float32Array } {
    const { room, input } = this.#run!;
    const { batchSize: B, timesteps: T, sourceLength: S } = input;
    const { places } = room;
    this.#write(dcontext, places.dcontext);
    const { alpha, k, dcontext: d, dscores, dk } = places;
    this.#kernels.run.attendBackward(alpha, k, d, dscores, dk, B, T, S, this.#C);
    this.#score.backward(this.#run!);
    this.#kernels.run.addTo(dk, places.dpk, B * S * this.#C);
    return { dqueries: this.#read(places.dq, B * T), dkeys: this.#read(dk, B * S) };
  }

  dispose(): void {
    this.#score.dispose();
    this.#rooms.dispose();
  }

  #dot(
    parameters: KernelParameters,
    { scoring, hiddenSize: H }: AttentionSizes,
    names: Record<string, string>,
  ): Score {
    const { run } = this.#kernels;
    const scale = scoring === "scaled" ? 1 / Math.sqrt(H) : 1;
    // the general score is a dot product with queries that went through Wa first
    const project = scoring === "general" ? this.#projection(parameters, [H, H], names["Wa"]!) : undefined;
    return {
      forward: ({
        room: { places: at },
        input: { batchSize: B, timesteps: T, sourceLength: S, queries },
      }) => {
        if (project) this.#write(project.forward(queries), at.pq);
        run.dotScores(project ? at.pq : at.q, at.k, at.alpha, B, T, S, this.#C, scale);
      },
      backward: ({ room: { places: at }, input: { batchSize: B, timesteps: T, sourceLength: S } }) => {
        const q = project ? at.pq : at.q;
        run.dotScoresBackward(at.dscores, q, at.k, at.dq, at.dpk, B, T, S, this.#C, scale);
        if (project) this.#write(project.backward(this.#read(at.dq, B * T)), at.dq);
      },
      dispose: () => project?.dispose(),
    };
  }

  #additive(
    parameters: KernelParameters,
    { hiddenSize: H, attentionSize: A = H }: AttentionSizes,
    names: Record<string, string>,
  ): Score {
    const { run, floats, take, giveBack } = this.#kernels;
    const ofQueries = this.#projection(parameters, [H, A], names["Wq"]!);
    const ofKeys = this.#projection(parameters, [H, A], names["Wk"]!);
    const [v, dv] = [take(this.#A), take(this.#A)];
    return {
      forward: ({ room: { places: at }, input, isNew }) => {
        const { batchSize: B, timesteps: T, sourceLength: S, queries, keys } = input;
        this.#write(ofQueries.forward(queries), at.pq, A);
        if (isNew) this.#write(ofKeys.forward(keys), at.pk, A);
        floats(v, A).set(parameters.read(names["v"]!));
        run.additiveScores(at.pq, at.pk, v, at.u, at.alpha, B, T, S, this.#A);
      },
      backward: ({ room: { places: at }, input, isNew }) => {
        const { batchSize: B, timesteps: T, sourceLength: S, keys } = input;
        if (!isNew) ofKeys.forward(keys); // it may have projected others since
        run.additiveScoresBackward(at.dscores, v, at.u, at.dpq, at.dpk, dv, B, T, S, this.#A);
        parameters.gradient(names["v"]!).set(floats(dv, A));
        this.#write(ofQueries.backward(this.#read(at.dpq, B * T, A)), at.dq);
        this.#write(ofKeys.backward(this.#read(at.dpk, B * S, A)), at.dpk);
      },
      dispose: () => {
        ofQueries.dispose();
        ofKeys.dispose();
        giveBack(v);
        giveBack(dv);
      },
    };
  }

  /** A product without bias. */
  #projection(
    parameters: KernelParameters,
    [inputSize, outputSize]: [number, number],
    W: string,
  ): KernelDense {
    return new KernelDense(this.#kernels, parameters, { inputSize, outputSize }, { W });
  }

  #roomFor({ batchSize: B, timesteps: T, sourceLength: S }: AttentionPartInput): Room {
    return this.#rooms.get([B, T, S].join(" "), () => {
      const { take, giveBack } = this.#kernels;
      const [C, A, most] = [this.#C, this.#A, Math.max(T, S)];
      const rows = ARRAYS.map((name) => [name, take(B * most * Math.max(C, A))] as const);
      const scores = { alpha: take(B * T * S), dscores: take(B * T * S), mask: take(B * S) };
      const places: Places = {
        ...(Object.fromEntries(rows) as Record<(typeof ARRAYS)[number], number>),
        ...scores,
        u: take(this.#scoring === "additive" ? B * T * S * A : 0),
      };
      return { places, dispose: () => Object.values(places).forEach((place) => giveBack(place)) };
    });
  }

  /** Rows of `columns` floats into rows padded to 4. */
  #write(u: Float32Array, place: number, columns = this.#H): void {
    const step = roundUp(columns, 4);
    if (step === columns) return this.#kernels.write(place, u);
    const rows = u.length / columns;
    const to = this.#kernels.floats(place, rows * step);
    for (let n = 0; n < rows; n++) to.set(u.subarray(n * columns, (n + 1) * columns), n * step);
  }

  #read(place: number, rows: number, columns = this.#H): Float32Array {
    const step = roundUp(columns, 4);
    if (step === columns) return this.#kernels.read(place, rows * columns);
    const from = this.#kernels.floats(place, rows * step);
    const out = new Float32Array(rows * columns);
    for (let n = 0; n < rows; n++) out.set(from.subarray(n * step, n * step + columns), n * columns);
    return out;
  }
}
