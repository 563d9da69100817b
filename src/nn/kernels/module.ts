/** "relaxed" fuses multiply and add, faster but not the same bits on every machine; "simd" gives the same bits everywhere. */
export type Build = "simd" | "relaxed";

/** A build as WebAssembly in base64: `simd` of built/simd.ts, `relaxed` of built/relaxed.ts. */
export interface KernelModule {
  readonly build: Build;
  readonly code: string;
}

/** What the compiled routines are called; see assembly/index.ts for what each does. */
export type Routine =
  | "pack"
  | "unpack"
  | "packSteps"
  | "unpackSteps"
  | "packTokens"
  | "transpose"
  | "addBias"
  | "biasGradient"
  | "linear"
  | "weightGradient"
  | "productPeak"
  | "rnnForward"
  | "rnnBackward"
  | "lstmForward"
  | "lstmBackward"
  | "gruAfterForward"
  | "gruAfterBackward"
  | "gruBeforeForward"
  | "gruBeforeBackward"
  | "crossEntropy"
  | "logSoftmax"
  | "adam"
  | "sgd"
  | "rmsprop"
  | "cut"
  | "squares"
  | "dotScores"
  | "dotScoresBackward"
  | "additiveScores"
  | "additiveScoresBackward"
  | "attend"
  | "attendBackward"
  | "addTo"
  | "tanhBackward"
  | "applyTanh"
  | "applySigmoid"
  | "applyExp";

/** Those of the second artefact; see assembly/words.ts. */
export type WordRoutine = "trainPairs" | "trainBags" | "trainGlove";

/** The fused routines with a memory of their own. Places are byte offsets, multiples of 64. */
export interface Kernels<R extends string = Routine> {
  readonly build: Build;
  readonly run: Record<R, (...numbers: number[]) => number>;
  /** A place for n four-byte numbers, zeros at first; a place given back is used again. */
  take(n: number): number;
  giveBack(place: number): void;
  /** Views of the memory: ask again after each `take`, which may move it. */
  floats(place: number, n: number): Float32Array;
  integers(place: number, n: number): Int32Array;
  /** Copies numbers to a place and from there, without a view of their own for each copy. */
  write(place: number, values: Float32Array | Int32Array): void;
  read(place: number, n: number): Float32Array;
  /** bytes in use, and bytes that the memory has */
  readonly size: { used: number; held: number };
}

const PAGE = 65_536;

const bytesOf = ({ code }: KernelModule): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(code), (character) => character.charCodeAt(0));

/** Whether this engine can run a build. */
export function canRun(module: KernelModule): boolean {
  return typeof WebAssembly === "object" && WebAssembly.validate(bytesOf(module));
}

/**
 * The routines in one build; undefined when the engine has no WebAssembly SIMD, where plain TypeScript does the work.
 */
export function createKernels<R extends string = Routine>(source: KernelModule): Kernels<R> | undefined {
  if (!canRun(source)) return undefined;
  const memory = new WebAssembly.Memory({ initial: 16 });
  const instance = new WebAssembly.Instance(new WebAssembly.Module(bytesOf(source)), { env: { memory } });
  const { __heap_base: base, ...run } = instance.exports as unknown as Kernels<R>["run"] & {
    __heap_base?: WebAssembly.Global;
  };
  return {
    build: source.build,
    run: run as unknown as Kernels<R>["run"],
    ...createHeap(memory, Number(base?.value ?? PAGE)),
  };
}

/** Places by size: a model asks for the same ones again and again. */
function createHeap(memory: WebAssembly.Memory, base: number): Omit<Kernels, "build" | "run"> {
  const sizes = new Map<number, number>();
  const free = new Map<number, number[]>();
  let top = Math.ceil(base / 64) * 64;
  let used = 0;
  let floats = new Float32Array(memory.buffer);
  let integers = new Int32Array(memory.buffer);
  /** a memory that grew left the old views empty */
  const renew = () => {
    if (floats.length > 0) return;
    floats = new Float32Array(memory.buffer);
    integers = new Int32Array(memory.buffer);
  };
  return {
    write(place, values) {
      renew();
      (values instanceof Int32Array ? integers : floats).set(values, place >> 2);
    },
    read(place, n) {
      renew();
      return floats.slice(place >> 2, (place >> 2) + n);
    },
    take(n) {
      const bytes = Math.ceil((n * 4) / 64) * 64 + 64;
      used += bytes;
      let place = free.get(bytes)?.pop();
      if (place === undefined) {
        place = top;
        top += bytes;
        const missing = top - memory.buffer.byteLength;
        if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
      } else new Uint8Array(memory.buffer, place, bytes).fill(0);
      sizes.set(place, bytes);
      return place;
    },
    giveBack(place) {
      const bytes = sizes.get(place);
      if (bytes === undefined) return;
      sizes.delete(place);
      used -= bytes;
      free.set(bytes, [...(free.get(bytes) ?? []), place]);
    },
    floats: (place, n) => new Float32Array(memory.buffer, place, n),
    integers: (place, n) => new Int32Array(memory.buffer, place, n),
    get size() {
      return { used, held: memory.buffer.byteLength };
    },
  };
}
