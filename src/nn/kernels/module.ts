import { createHeap } from "./heap.ts";

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
  // not spread into another object, where its size would stay what it was
  const heap = createHeap(memory, Number(base?.value ?? PAGE));
  return Object.assign(heap, { build: source.build, run: run as unknown as Kernels<R>["run"] });
}
