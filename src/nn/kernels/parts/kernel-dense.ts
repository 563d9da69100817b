import type { Kernels } from "../module.ts";
import { paddedRows, roundUp } from "../recurrent-plan.ts";
import type { KernelParameters } from "./kernel-parameters.ts";
import type { ClassesPart, DensePart, DenseSizes } from "./part.ts";
import { Rooms } from "./rooms.ts";

/** Padded classes are never likely. */
const NEVER = -1e30;

interface Room {
  /** rows rounded up to 4 unless they are fewer */
  rows: number;
  places: Record<"x" | "y" | "dy" | "dx" | "scratch" | "targets" | "counts", number>;
  dispose(): void;
}

/** A product with weights in panels: what the dense part and the output layer share. */
class Product {
  readonly #kernels: Kernels;
  readonly #parameters: KernelParameters;
  readonly #names: { W: string; b?: string };
  readonly #panels: Record<"W" | "WT" | "b" | "dW" | "db", number>;
  readonly #rooms: Rooms<Room>;
  /** which version of the weights, and which padding, lie in the panels */
  #packed = "";
  readonly K: number;
  readonly N: number;
  /** K and N rounded up to 8 */
  readonly Kp: number;
  readonly Np: number;

  constructor(
    kernels: Kernels,
    parameters: KernelParameters,
    [K, N]: [number, number],
    names: { W: string; b?: string },
  ) {
    [this.K, this.N] = [K, N];
    [this.Kp, this.Np] = [roundUp(K, 8), roundUp(N, 8)];
    this.#kernels = kernels;
    this.#rooms = new Rooms(kernels);
    this.#parameters = parameters;
    this.#names = names;
    const square = this.Kp * this.Np;
    const lengths = { W: square, WT: square, b: this.Np, dW: square, db: this.Np };
    this.#panels = Object.fromEntries(
      Object.entries(lengths).map(([name, n]) => [name, kernels.take(n)]),
    ) as Record<keyof typeof lengths, number>;
  }

  room(R: number): Room {
    return this.#rooms.get(String(R), () => {
      const rows = paddedRows(R);
      const lengths = {
        ...{ x: rows * this.Kp, y: rows * this.Np, dy: rows * this.Np, dx: rows * this.Kp },
        ...{ scratch: rows * Math.max(this.Kp, this.Np), targets: rows, counts: rows },
      };
      const places = Object.fromEntries(
        Object.entries(lengths).map(([name, n]) => [name, this.#kernels.take(n)]),
      ) as Room["places"];
      const dispose = () => Object.values(places).forEach((place) => this.#kernels.giveBack(place));
      return { rows, places, dispose };
    });
  }

  /** y = x W + b in panels */
  forward(x: Float32Array, { rows, places }: Room, paddedBias: number): void {
    const { run } = this.#kernels;
    const { W, b } = this.#panels;
    this.toPanels(x, places.x, this.K, { rows, places });
    this.#pack(paddedBias);
    run.linear(places.x, rows * 32, W, b, places.y, rows * 32, rows, this.Np, this.Kp);
  }

  #pack(paddedBias: number): void {
    const { version, at } = this.#parameters;
    const now = `${version} ${paddedBias}`;
    if (this.#packed === now) return;
    this.#packed = now;
    const { run, floats } = this.#kernels;
    const { W, b } = this.#panels;
    run.pack(at[this.#names.W]!, W, this.K, this.N, this.N, this.Kp);
    const bias = this.#names.b;
    if (bias !== undefined) run.pack(at[bias]!, b, 1, this.N, this.N, 1);
    floats(b, this.Np).fill(paddedBias, this.N);
  }

  /** From dy in the panels of y: gradients of the weights. */
  backward(room: Room): void {
    const { run } = this.#kernels;
    const { rows, places } = room;
    const { dW, db } = this.#panels;
    const at = this.#parameters.gradientAt;
    const step = rows * 32;
    run.weightGradient(places.x, step, places.y, step, dW, this.Kp, this.Np, rows);
    const bias = this.#names.b;
    if (bias !== undefined) {
      run.biasGradient(places.y, step, db, this.Np, rows);
      run.unpack(db, at[bias]!, 1, this.N, this.N, 1);
    }
    run.unpack(dW, at[this.#names.W]!, this.K, this.N, this.N, this.Kp);
  }

  /** From dy in the panels of y: dx [R,K]. */
  inputGradient(R: number, room: Room): Float32Array {
    const { run } = this.#kernels;
    const { rows, places } = room;
    const { W, WT } = this.#panels;
    const step = rows * 32;
    run.transpose(W, WT, this.Kp, this.Np);
    run.linear(places.y, step, WT, 0, places.dx, step, rows, this.Kp, this.Np);
    return this.fromPanels(places.dx, R, this.K, room);
  }

  toPanels(
    u: Float32Array,
    place: number,
    columns: number,
    { rows, places }: Pick<Room, "rows" | "places">,
  ): void {
    this.#kernels.write(places.scratch, u);
    this.#kernels.run.packSteps(places.scratch, place, u.length / columns, rows, 1, columns, rows);
  }

  fromPanels(place: number, R: number, columns: number, { rows, places }: Room): Float32Array {
    this.#kernels.run.unpackSteps(place, places.scratch, R, rows, 1, columns, rows);
    return this.#kernels.read(places.scratch, R * columns);
  }

  dispose(): void {
    this.#rooms.dispose();
    for (const place of Object.values(this.#panels)) this.#kernels.giveBack(place);
  }
}

export class KernelDense implements DensePart {
  readonly #kernels: Kernels;
  readonly #product: Product;
  readonly #activation: "identity" | "tanh";
  #run?: { R: number; room: Room };

  constructor(
    kernels: Kernels,
    parameters: KernelParameters,
    { inputSize, outputSize, activation = "identity" }: DenseSizes,
    names: { W: string; b?: string },
  ) {
    this.#kernels = kernels;
    this.#product = new Product(kernels, parameters, [inputSize, outputSize], names);
    this.#activation = activation;
  }

  forward(x: Float32Array): Float32Array {
    const product = this.#product;
    const R = x.length / product.K;
    const room = product.room(R);
    product.forward(x, room, 0);
    const { y } = room.places;
    if (this.#activation === "tanh") this.#kernels.run.applyTanh(y, y, room.rows * product.Np);
    this.#run = { R, room };
    return product.fromPanels(y, R, product.N, room);
  }

  backward(dy: Float32Array): Float32Array;
  backward(dy: Float32Array, isInputWanted: boolean): Float32Array | undefined;
  backward(dy: Float32Array, isInputWanted = true): Float32Array | undefined {
    const { R, room } = this.#run!;
    const { places, rows } = room;
    const isTanh = this.#activation === "tanh";
    this.#product.toPanels(dy, isTanh ? places.dy : places.y, this.#product.N, room);
    if (isTanh) this.#kernels.run.tanhBackward(places.y, places.dy, rows * this.#product.Np);
    this.#product.backward(room);
    return isInputWanted ? this.#product.inputGradient(R, room) : undefined;
  }

  dispose(): void {
    this.#product.dispose();
  }
}

export class KernelClasses implements ClassesPart {
  readonly #kernels: Kernels;
  readonly #product: Product;
  #run?: { R: number; room: Room };

  constructor(
    kernels: Kernels,
    parameters: KernelParameters,
    sizes: { inputSize: number; vocabSize: number },
    names: { Wy: string; by: string },
  ) {
    this.#kernels = kernels;
    const size: [number, number] = [sizes.inputSize, sizes.vocabSize];
    this.#product = new Product(kernels, parameters, size, { W: names.Wy, b: names.by });
  }

  loss(x: Float32Array, targets: Int32Array, mask?: ArrayLike<number>): { loss: number; kept: number } {
    const { run, floats, integers } = this.#kernels;
    const product = this.#product;
    const R = targets.length;
    const room = product.room(R);
    product.forward(x, room, NEVER);
    let kept = R;
    if (mask) for (let k = (kept = 0); k < R; k++) kept += Number(mask[k] !== 0);
    if (kept === 0) throw new Error("the mask keeps no target, so there is no mean loss");
    integers(room.places.targets, R).set(targets);
    const counts = floats(room.places.counts, room.rows).fill(0);
    for (let k = 0; k < R; k++) if (!mask || mask[k] !== 0) counts[k] = 1 / kept;
    const { y, targets: at, counts: weights } = room.places;
    this.#run = { R, room };
    return { loss: run.crossEntropy(y, at, weights, 0, room.rows, product.Np), kept };
  }

  backward(): Float32Array {
    const { R, room } = this.#run!;
    this.#product.backward(room);
    return this.#product.inputGradient(R, room);
  }

  logProbs(x: Float32Array): Float32Array {
    const product = this.#product;
    const R = x.length / product.K;
    const room = product.room(R);
    product.forward(x, room, NEVER);
    const { y, scratch } = room.places;
    this.#kernels.run.logSoftmax(y, scratch, R, room.rows, product.Np, product.N);
    return this.#kernels.read(scratch, R * product.N);
  }

  dispose(): void {
    this.#product.dispose();
  }
}
