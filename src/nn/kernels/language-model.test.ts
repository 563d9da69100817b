import { describe, expect, test } from "vitest";
import { createRng } from "#src/util/rng.ts";
import gru from "../fixtures/training-gru.json" with { type: "json" };
import lstm from "../fixtures/training-lstm.json" with { type: "json" };
import rnn from "../fixtures/training-rnn.json" with { type: "json" };
import { expectClose } from "../ref/test-case.ts";
import { languageModelKernel } from "./fused-language-model.ts";
import type { LanguageModelEngine, LanguageModelSizes, WeightName } from "./language-model.ts";
import { simd } from "./built/simd.ts";
import { createKernels } from "./module.ts";
import type { RecurrentKind } from "./recurrent.ts";
import { referenceLanguageModel } from "./reference-language-model.ts";

const KINDS: RecurrentKind[] = ["rnn", "lstm", "gru-after", "gru-before"];
const ADAM = { name: "adam" as const, learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };

const engines: [string, (sizes: LanguageModelSizes) => LanguageModelEngine][] = [
  ["the kernels", (sizes) => languageModelKernel(createKernels(simd)!, sizes)],
  ["plain TypeScript", referenceLanguageModel],
];

function start(engine: LanguageModelEngine): void {
  const rng = createRng(2);
  for (const name of engine.names) {
    const values = Float32Array.from({ length: engine.weight(name).length }, () => 0.4 * rng.normal());
    engine.weight(name).set(values);
  }
}

const all = (engine: LanguageModelEngine, what: "weight" | "gradient") =>
  Object.fromEntries(engine.names.map((name) => [name, [...engine[what](name)]]));

function batchOf(B: number, T: number, V: number) {
  const rng = createRng(4);
  const draw = () => Int32Array.from({ length: B * T }, () => rng.integer(V));
  return {
    batchSize: B,
    timesteps: T,
    inputs: draw(),
    targets: draw(),
    mask: draw().map((u) => Number(u > 0)),
  };
}

describe.each(KINDS)("a language model of %s", (kind) => {
  const sizes = { kind, vocabSize: 11, hiddenSize: 13 };

  test("has the loss, the gradients, the norms and the states of plain TypeScript", () => {
    const batch = batchOf(3, 6, 11);
    const first = { h: new Float32Array(39).fill(0.3), c: new Float32Array(39).fill(-0.2) };
    const [ours, theirs] = engines.map(([, make]) => {
      const engine = make(sizes);
      start(engine);
      const norms = { h: new Float32Array(6), c: new Float32Array(6) };
      const { loss, kept, state } = engine.gradients(batch, first, norms);
      return {
        loss: [loss],
        kept: [kept],
        ...state,
        norms: norms.h,
        cellNorms: norms.c,
        ...all(engine, "gradient"),
      };
    });
    expectClose(ours!, theirs!, 2e-5);
  });

  test("steps through a text to the same probabilities as at once", () => {
    const engine = engines[0]![1](sizes);
    start(engine);
    const batch = { ...batchOf(2, 4, 11), mask: undefined };
    let state: Readonly<Record<string, Float32Array>> = { h: new Float32Array(26), c: new Float32Array(26) };
    let sum = 0;
    for (let t = 0; t < 4; t++) {
      const next = engine.step(Int32Array.of(batch.inputs[t]!, batch.inputs[4 + t]!), state);
      sum -= next.logProbs[batch.targets[t]!]! + next.logProbs[11 + batch.targets[4 + t]!]!;
      state = next.state;
    }
    const at = engine.evaluate(batch);
    expect(sum / 8).toBeCloseTo(at.loss, 5);
    expectClose(state, at.state, 1e-5);
  });

  test("trains in the kernels as it does in plain TypeScript", () => {
    const batch = batchOf(3, 5, 11);
    const runs = engines.map(([, make]) => {
      const engine = make(sizes);
      start(engine);
      const losses = Array.from({ length: 20 }, () => {
        const { loss } = engine.gradients(batch);
        engine.update({ ...ADAM, clipNorm: 0.5, clipValue: 0.2 });
        return loss;
      });
      return { losses, ...all(engine, "weight") };
    });
    expectClose(runs[0]!, runs[1]!, 2e-4);
  });

  test("leaves no denormal number behind in 5,000 iterations of vanishing gradients", () => {
    const engine = engines[0]![1]({ kind, vocabSize: 11, hiddenSize: 8 });
    start(engine);
    // nearly no path from step to step: gates are almost shut, and the gradient is under 1e-38 after some thirty steps
    engine.weight("Wh").forEach((w, k, Wh) => (Wh[k] = 1e-4 * w));
    engine.weight("b").fill(-3);
    const T = 40;
    const drawn = batchOf(1, T, 10); // token 10 never comes: its averages fade
    const batch = { ...drawn, mask: Array.from({ length: T }, (_, t) => Number(t === T - 1)) };
    const isDenormal = (x: number) => x !== 0 && Math.abs(x) < 1.1754943508222875e-38;
    for (let n = 0; n < 5000; n++) {
      engine.gradients(batch);
      engine.update({ ...ADAM, learningRate: 1e-9 });
    }
    for (const what of ["gradient", "weight"] as const)
      for (const name of engine.names) expect(engine[what](name).some(isDenormal), name).toBe(false);
    expect(engine.gradient("Wx").some((d) => d !== 0)).toBe(true);
  });

  test("takes no memory after the first iteration, and gives all back", () => {
    const kernels = createKernels(simd)!;
    const engine = languageModelKernel(kernels, sizes);
    start(engine);
    engine.gradients(batchOf(3, 5, 11));
    const size = kernels.size;
    for (let n = 0; n < 50; n++) {
      engine.gradients(batchOf(3, 5, 11));
      engine.update(ADAM);
    }
    expect(kernels.size).toEqual(size);
    engine.dispose();
    expect(kernels.size.used).toBe(0);
  });

  test("says which token is not in the vocabulary", () => {
    const engine = engines[0]![1](sizes);
    const batch = batchOf(2, 3, 11);
    batch.inputs[4] = 11;
    expect(() => engine.evaluate(batch)).toThrow(
      "language model: expected inputs of 0 … 10, got 11 at row 1, step 1",
    );
    batch.inputs[4] = 1;
    batch.targets[2] = -1;
    expect(() => engine.gradients(batch)).toThrow(
      "language model: expected targets of 0 … 10, got -1 at row 0, step 2",
    );
  });
});

interface Training {
  batchSize: number;
  timesteps: number;
  vocabSize: number;
  hiddenSize: number;
  optimizer: Omit<typeof ADAM, "name">;
  clipNorm: number;
  start: Record<string, number[]>;
  end: Record<string, number[]>;
  losses: number[];
  norms: number[];
  /** of each iteration, [B,T+1] */
  tokens: number[][];
}

const TRAININGS: [RecurrentKind, Training][] = [
  ["rnn", rnn],
  ["gru-after", gru],
  ["lstm", lstm],
];

describe.each(TRAININGS)(
  "ten iterations of %s",
  (kind, { batchSize: B, timesteps: T, tokens, ...fixture }) => {
    const shifted = (row: number[], by: number) =>
      Int32Array.from({ length: B * T }, (_, k) => row[Math.floor(k / T) * (T + 1) + (k % T) + by]!);
    const batches = tokens.map((row) => ({
      batchSize: B,
      timesteps: T,
      inputs: shifted(row, 0),
      targets: shifted(row, 1),
    }));

    test.each(engines)("have PyTorch's losses, norms and last weights, by %s", (_, make) => {
      const engine = make({ kind, vocabSize: fixture.vocabSize, hiddenSize: fixture.hiddenSize });
      for (const name of engine.names) engine.weight(name).set(fixture.start[name]!);
      const losses: number[] = [];
      const norms: number[] = [];
      for (const batch of batches) {
        losses.push(engine.gradients(batch).loss);
        norms.push(engine.update({ name: "adam", ...fixture.optimizer, clipNorm: fixture.clipNorm }));
      }
      const last = Object.fromEntries(engine.names.map((name: WeightName) => [name, engine.weight(name)]));
      expectClose(
        { losses, norms, ...last },
        { losses: fixture.losses, norms: fixture.norms, ...fixture.end },
        1e-4,
      );
    });
  },
);
