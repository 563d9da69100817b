import { describe, expect, test } from "vitest";
import { createRng } from "#src/util/rng.ts";
import { gruBackward, gruForward } from "../ref/gru-sequence.ts";
import { lstmBackward, lstmForward } from "../ref/lstm-sequence.ts";
import { rnnBackward, rnnForward } from "../ref/rnn-sequence.ts";
import type { SequenceInput } from "../ref/rnn-input.ts";
import { expectClose } from "../ref/test-case.ts";
import { relaxed } from "./built/relaxed.ts";
import { simd } from "./built/simd.ts";
import { canRun, createKernels, type Kernels } from "./module.ts";
import { gatesOf, recurrentKernel, type RecurrentKind, type WeightPlaces } from "./recurrent.ts";

interface Shape {
  B: number;
  T: number;
  D: number;
  H: number;
}

const KINDS: RecurrentKind[] = ["rnn", "lstm", "gru-after", "gru-before"];
const SHAPES: Shape[] = [
  { B: 1, T: 1, D: 1, H: 1 },
  { B: 1, T: 7, D: 3, H: 5 },
  { B: 3, T: 1, D: 9, H: 8 },
  { B: 5, T: 6, D: 11, H: 13 },
  { B: 4, T: 150, D: 8, H: 16 },
];
const BUILDS = [simd, relaxed].filter(canRun);

/** Weights, inputs, first states and what reaches the outputs, all drawn. */
function draw(kind: RecurrentKind, { B, T, D, H }: Shape, seed: number) {
  const rng = createRng(seed);
  const G = gatesOf(kind);
  const normal = (n: number, scale: number) => Float32Array.from({ length: n }, () => scale * rng.normal());
  const scale = 1 / Math.sqrt(H);
  return {
    weights: {
      Wx: normal(D * G * H, 0.5),
      Wh: normal(H * G * H, scale),
      b: normal(G * H, 0.3),
      bhn: normal(H, 0.3),
    },
    tokens: Int32Array.from({ length: B * T }, () => rng.integer(D)),
    x: normal(B * T * D, 1),
    h0: normal(B * H, 0.5),
    c0: normal(B * H, 0.5),
    dh: normal(B * T * H, 1),
    mask: Int32Array.from({ length: B * T }, (_, k) => (k < T || rng.uniform() < 0.3 ? 0 : 1)),
  };
}

type Drawn = ReturnType<typeof draw>;

function oracle(
  kind: RecurrentKind,
  input: SequenceInput<Float64Array> & { mask?: ArrayLike<number> },
  { weights, h0, c0, dh }: Drawn,
) {
  const up = (u: Float32Array) => Float64Array.from(u);
  const { bhn, ...rest } = Object.fromEntries(
    Object.entries(weights).map(([name, u]) => [name, up(u)]),
  ) as Record<"Wx" | "Wh" | "b" | "bhn", Float64Array>;
  const masked = up(dh);
  if (input.mask)
    masked.forEach((_, k) =>
      input.mask![Math.floor(k / (h0.length / input.batchSize))] === 0 ? (masked[k] = 0) : 0,
    );
  if (kind === "rnn") {
    const run = rnnForward(input, rest, { h0: up(h0) });
    return { h: run.h, ...rnnBackward(run, masked) };
  }
  if (kind === "lstm") {
    const run = lstmForward(input, rest, { h0: up(h0), c0: up(c0) });
    return { h: run.h, ...lstmBackward(run, masked) };
  }
  const reset = kind === "gru-after" ? "after" : "before";
  const run = gruForward(input, { ...rest, ...(reset === "after" && { bhn }) }, { h0: up(h0), reset });
  const { dbhn, ...gradients } = gruBackward(run, masked);
  return { h: run.h, ...gradients, ...(reset === "after" && { dbhn }) };
}

function put(kernels: Kernels, values: Float32Array): number {
  const place = kernels.take(values.length);
  kernels.floats(place, values.length).set(values);
  return place;
}

interface Wish extends Shape {
  kind: RecurrentKind;
  reads: "tokens" | "vectors";
  hasMask?: boolean;
}

function kernelRun(
  kernels: Kernels,
  { kind, reads, hasMask = false, B, T, D, H }: Wish,
  { weights, tokens, x, h0, c0, dh, mask }: Drawn,
) {
  const sizes = {
    kind,
    batchSize: B,
    timesteps: T,
    inputSize: D,
    hiddenSize: H,
    reads,
    hasFirst: true,
    hasMask,
  };
  const kernel = recurrentKernel(kernels, sizes);
  const names = Object.keys(weights) as (keyof typeof weights)[];
  const inPlace = Object.fromEntries(
    names.map((name) => [name, put(kernels, weights[name])]),
  ) as WeightPlaces;
  const outPlace = Object.fromEntries(
    names.map((name) => [name, kernels.take(weights[name].length)]),
  ) as WeightPlaces;
  kernel.setWeights(inPlace);
  kernel.setInput(reads === "tokens" ? tokens : x);
  kernel.setFirst(h0, kind === "lstm" ? c0 : undefined);
  if (hasMask) kernel.setMask(mask);
  kernel.forward();
  const h = kernel.states();
  const seen = hasMask ? dh.map((u, k) => (mask[Math.floor(k / H)] === 0 ? 0 : u)) : dh;
  kernel.setGradient(seen);
  kernel.backward();
  kernel.writeGradients(outPlace);
  const gradients = Object.fromEntries(
    names.map((name) => [`d${name}`, kernels.floats(outPlace[name]!, weights[name].length).slice()]),
  );
  const first = kernel.firstGradient();
  const dx = reads === "vectors" ? { dx: kernel.inputGradient() } : {};
  const all = { h, ...gradients, ...first, ...dx };
  kernel.dispose();
  [...Object.values(inPlace), ...Object.values(outPlace)].forEach((place) => kernels.giveBack(place));
  return all;
}

describe.each(BUILDS)("the fused recurrent layers, $build", (module) => {
  describe.each(KINDS)("%s", (kind) => {
    for (const shape of SHAPES)
      for (const reads of ["tokens", "vectors"] as const)
        test(`does it equal ref, forward and every gradient, for ${reads} of ${JSON.stringify(shape)}?`, () => {
          const drawn = draw(kind, shape, 3);
          const { B, T } = shape;
          const input = {
            batchSize: B,
            timesteps: T,
            ...(reads === "tokens" ? { tokens: drawn.tokens } : { x: Float64Array.from(drawn.x) }),
          };
          const expected = oracle(kind, input as SequenceInput<Float64Array>, drawn);
          expectClose(kernelRun(createKernels(module)!, { kind, reads, ...shape }, drawn), expected, 2e-5);
        });

    test("does it carry the state over steps that do not count, whole rows of them too?", () => {
      const shape = { B: 5, T: 6, D: 7, H: 9 };
      const drawn = draw(kind, shape, 5);
      const input = { batchSize: 5, timesteps: 6, tokens: drawn.tokens, mask: drawn.mask };
      const { h: theirs, ...gradients } = oracle(kind, input as SequenceInput<Float64Array>, drawn);
      const wish = { kind, reads: "tokens" as const, hasMask: true, ...shape };
      const { h: ours, ...rest } = kernelRun(createKernels(module)!, wish, drawn);
      // ref gives 0 where a step does not count, the kernel the state that it carries
      const kept = ours.map((u, k) => u * drawn.mask[Math.floor(k / 9)]!);
      expectClose({ h: kept, ...rest }, { h: theirs, ...gradients }, 2e-5);
    });

    test("does a second run take no more memory, and give the same bits?", () => {
      const kernels = createKernels(module)!;
      const wish = { kind, reads: "tokens" as const, B: 3, T: 5, D: 6, H: 7 };
      const drawn = draw(kind, wish, 7);
      const first = kernelRun(kernels, wish, drawn);
      const { used, held } = kernels.size;
      expect(kernelRun(kernels, wish, drawn)).toEqual(first);
      expect(kernels.size).toEqual({ used, held });
      expect(used).toBe(0);
    });
  });
});
