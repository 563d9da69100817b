import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import { beforeAll, describe, expect, it } from "vitest";
import { pairBatches, padPairs } from "#src/data/pair-batches.ts";
import { createRng } from "#src/util/rng.ts";
import { beamSearch } from "../decode/beam.ts";
import { greedySearch } from "../decode/search.ts";
import fixture from "../fixtures/training-attention.json";
import { relaxed } from "../kernels/built/relaxed.ts";
import { simd } from "../kernels/built/simd.ts";
import { canRun, createKernels, type Kernels } from "../kernels/module.ts";
import { PairNetwork } from "../kernels/pair-network.ts";
import type { PairBatch } from "../model.ts";
import { pairBatchOf } from "../ref/test-encoder-decoder.ts";
import { adam } from "../train/optimizers.ts";
import { fit } from "../train/fit.ts";
import { seq2seq, type Seq2seqOptions } from "./seq2seq.ts";

const ENGINES: [string, Kernels | undefined][] = [
  ...[simd, relaxed].filter(canRun).map((build): [string, Kernels] => [build.build, createKernels(build)!]),
  ["plain TypeScript", undefined],
];
const kernels = createKernels(simd)!;

const draw = createRng(3);
const integers = (n: number, below: number) => Int32Array.from({ length: n }, () => draw.integer(below));
const batch: PairBatch = {
  ...{ batchSize: 3, sourceLength: 5, timesteps: 4 },
  sources: integers(15, 6),
  sourceMask: Int32Array.of(1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 1, 1, 1, 1, 0),
  inputs: integers(12, 5),
  targets: integers(12, 5),
  mask: Int32Array.of(1, 1, 1, 1, 1, 1, 0, 0, 1, 1, 1, 0),
};
type Wish = Partial<Seq2seqOptions>;
const make = (wish: Wish = {}, on: Kernels | undefined = kernels) => seq2seq(on, optionsOf(wish));
const optionsOf = (wish: Wish): Seq2seqOptions => ({
  ...{ source: { tokens: 6 }, vocabSize: 5, first: 1, end: 2, hiddenSize: 6, embeddingSize: 3 },
  ...{ rng: createRng(1), ...wish },
});

const pictures: PairBatch = {
  ...batch,
  sources: Float32Array.from({ length: 15 * 7 }, () => draw.normal()),
  sourceMask: undefined,
};
const CASES: [string, Wish, PairBatch][] = [
  ["no attention", { attention: false }, batch],
  ["dot", {}, batch],
  ["scaled, both directions", { attention: "scaled", bidirectional: true }, batch],
  ["general, c from h", { attention: "general", startCell: "h" }, batch],
  ["additive, odd sizes", { attention: "additive", hiddenSize: 5, combinedSize: 3 }, batch],
  ["a GRU", { cell: "gru", attention: "additive" }, batch],
  ["a GRU with reset after, both directions", { cell: "gru", reset: "after", bidirectional: true }, batch],
  ["features", { source: { features: 7 }, attention: "additive" }, pictures],
];

function gradientsOf(model: ReturnType<typeof make>, pairs: PairBatch) {
  const { value, grads } = tf.variableGrads(() => model.loss(pairs), Object.values(model.params));
  const names = Object.keys(model.params);
  const found = names.map((name) => [name, grads[model.params[name].name].dataSync<"float32">()] as const);
  return { loss: value.dataSync()[0]!, gradients: Object.fromEntries(found) };
}

beforeAll(async () => {
  await tf.setBackend("cpu");
});

describe("seq2seq", () => {
  it.each(ENGINES)("do ten iterations give PyTorch's losses, norms and weights, on %s?", (_, on) => {
    const network = new PairNetwork(on, {
      ...{ kind: "lstm", source: "tokens", sourceSize: fixture.sourceVocabSize, isBidirectional: false },
      ...{ vocabSize: fixture.vocabSize, embeddingSize: fixture.embeddingSize },
      ...{ hiddenSize: fixture.hiddenSize, combinedSize: fixture.combinedSize, attention: "dot" },
      ...{ startCell: fixture.startCell as "h" | "c", dropout: 0 },
    });
    const nameOf = (name: string) =>
      name
        .replace("encoder_", "encoder")
        .replace(/decoder_(E|Wx|Wh|b)$/, "decoder$1")
        .replace("decoder_", "");
    for (const [name, values] of Object.entries(fixture.start)) network.weight(nameOf(name)).set(values);
    const { learningRate, beta1, beta2, epsilon } = fixture.optimizer;
    fixture.batches.forEach((lists, k) => {
      const { loss } = network.gradients(pairBatchOf(lists));
      const norm = network.update({
        name: "adam",
        learningRate,
        beta1,
        beta2,
        epsilon,
        clipNorm: fixture.clipNorm,
      });
      expect(Math.abs(loss - fixture.losses[k]) / fixture.losses[k]).toBeLessThan(1e-4);
      expect(Math.abs(norm - fixture.norms[k]) / fixture.norms[k]).toBeLessThan(1e-4);
    });
    for (const [name, values] of Object.entries(fixture.end)) {
      const ours = network.weight(nameOf(name));
      values.forEach((u, n) => expect(Math.abs(ours[n]! - u), name).toBeLessThan(2e-4));
    }
  });

  it.each(CASES)("do the kernels and plain TypeScript agree: %s?", (_, wish, pairs) => {
    const [fast, plain] = [make(wish), seq2seq(undefined, optionsOf(wish))];
    const [ours, theirs] = [gradientsOf(fast, pairs), gradientsOf(plain, pairs)];
    expect(ours.loss).toBeCloseTo(theirs.loss, 5);
    for (const [name, expected] of Object.entries(theirs.gradients))
      expected.forEach((u, k) => expect(Math.abs(ours.gradients[name][k]! - u), name).toBeLessThan(3e-6));
  });

  it.each(CASES)("do the gradients follow the loss: %s?", (_, wish, pairs) => {
    const model = make(wish);
    const { gradients } = gradientsOf(model, pairs);
    for (const [name, variable] of Object.entries(model.params)) {
      const values = variable.dataSync<"float32">().slice();
      const direction = Float32Array.from(values, () => draw.normal());
      const lossAt = (step: number) => {
        const moved = values.map((u, k) => u + step * direction[k]!);
        tf.tidy(() => variable.assign(tf.tensor(moved, variable.shape)));
        return model.evaluate(pairs).loss;
      };
      const slope = (lossAt(0.01) - lossAt(-0.01)) / 0.02;
      lossAt(0);
      const along = gradients[name].reduce((sum, u, k) => sum + u * direction[k]!, 0);
      expect(Math.abs(along - slope), name).toBeLessThan(2e-3 + 0.01 * Math.abs(slope));
    }
  });

  it("do the alignments add to one, with nothing on padding?", () => {
    const alpha = make({ attention: "additive" }).alignments(batch);
    for (let n = 0; n < 12; n++) {
      const row = alpha.subarray(n * 5, (n + 1) * 5);
      expect(row.reduce((sum, a) => sum + a, 0)).toBeCloseTo(1, 5);
      const masked = Array.from(row).filter((_, s) => batch.sourceMask![Math.floor(n / 4) * 5 + s] === 0);
      expect(masked.every((a) => a === 0)).toBe(true);
    }
    expect(() => make({ attention: false }).alignments(batch)).toThrow("this model has no attention");
  });

  it("does the gradient of the source follow the loss, for features?", () => {
    const model = make({ source: { features: 7 } });
    const gradient = model.sourceGradient(pictures);
    const direction = gradient.map(() => draw.normal());
    const lossAt = (step: number) => {
      const sources = (pictures.sources as Float32Array).map((u, k) => u + step * direction[k]!);
      return model.evaluate({ ...pictures, sources }).loss;
    };
    const along = gradient.reduce((sum, u, k) => sum + u * direction[k]!, 0);
    expect(along).toBeCloseTo((lossAt(0.01) - lossAt(-0.01)) / 0.02, 3);
    expect(make().sourceGradient(batch)).toHaveLength(15 * 3);
  });

  it("does it learn to reverse, and do translate, greedy search and a beam of one agree?", async () => {
    const rng = createRng(5);
    const pairs = Array.from({ length: 400 }, () => {
      const source = Array.from({ length: 2 + rng.integer(3) }, () => 3 + rng.integer(5));
      return { source, target: [...source].reverse() };
    });
    const options = { first: 1, end: 2, batchSize: 40, rng };
    const model = make({ source: { tokens: 8 }, vocabSize: 8, hiddenSize: 32, embeddingSize: 16 });
    const batches = pairBatches(pairs.slice(40), options);
    const losses: number[] = [];
    const training = { iterations: 300, optimizer: adam(0.01), clipNorm: 5 };
    for await (const { loss } of fit(model, batches, training)) losses.push(loss);
    expect(losses.at(-1)).toBeLessThan(losses[0]! / 4);
    const held = pairs.slice(0, 40);
    const said = model.translate(padPairs(held, options), 6);
    const right = held.filter(({ target }, k) => target.join() === said[k]!.join()).length;
    expect(right).toBeGreaterThan(30);
    held.slice(0, 5).forEach(({ source }, k) => {
      const decoder = model.decoder(Int32Array.from(source));
      const search = { first: decoder.first, end: decoder.end, state: decoder.state, maxLength: 6 };
      const greedy = greedySearch(decoder, search);
      expect(greedy.tokens.filter((token) => token !== 2)).toEqual(said[k]);
      expect(beamSearch(decoder, { ...search, width: 1 }).hypotheses[0]!.tokens).toEqual(greedy.tokens);
      const wide = beamSearch(decoder, { ...search, width: 4 }).hypotheses[0]!;
      expect(wide.logProb).toBeGreaterThanOrEqual(greedy.logProb - 1e-5);
    });
    model.dispose();
  });

  it("does a silent teacher change the training and nothing else, and does the same seed repeat it?", () => {
    const losses = [0.3, 0.3, 1].map((teacherForcing) => gradientsOf(make({ teacherForcing }), batch).loss);
    expect(losses[0]).toBe(losses[1]);
    expect(losses[0]).not.toBe(losses[2]);
    expect(make({ teacherForcing: 0.3 }).evaluate(batch).loss).toBeCloseTo(losses[2]!, 6);
  });

  it("does dropout follow its seed, in training only?", () => {
    const losses = [1, 2].map(() => gradientsOf(make({ dropout: 0.4 }), batch).loss);
    expect(losses[0]).toBe(losses[1]);
    expect(losses[0]).not.toBe(gradientsOf(make(), batch).loss);
    expect(make({ dropout: 0.4 }).evaluate(batch)).toEqual(make().evaluate(batch));
  });

  it("does a second batch of the same size take no more memory, and no tensor stay?", () => {
    const own = createKernels(simd)!;
    const tensors = tf.memory().numTensors;
    const model = make({ attention: "additive" }, own);
    model.fused.gradients(batch);
    const { used } = own.size;
    for (let k = 0; k < 3; k++) model.fused.gradients(batch);
    expect(own.size.used).toBe(used);
    tf.tidy(() => void gradientsOf(model, batch));
    model.dispose();
    expect(own.size.used).toBe(0);
    expect(tf.memory().numTensors).toBe(tensors);
  });

  it("do batches of ever other lengths need no more memory than some of the longest?", () => {
    const own = createKernels(simd)!;
    const model = make({ attention: "general", hiddenSize: 64 }, own);
    const rng = createRng(5);
    const train = (): void => {
      const [S, T] = [1 + rng.integer(12), 1 + rng.integer(12)];
      const draw = (n: number) => Int32Array.from({ length: n }, () => rng.integer(5));
      const [sources, inputs, targets] = [draw(3 * S), draw(3 * T), draw(3 * T)];
      model.fused.gradients({ batchSize: 3, sourceLength: S, timesteps: T, sources, inputs, targets });
    };
    for (let k = 0; k < 60; k++) train();
    const { held } = own.size;
    expect(held).toBeGreaterThan(2_000_000);
    for (let k = 0; k < 200; k++) train();
    expect(own.size.held).toBeLessThanOrEqual(1.3 * held);
    model.dispose();
    expect(own.size.used).toBe(0);
  });

  it("does it say what is wrong with a batch or an option?", () => {
    const model = make();
    expect(() => model.evaluate({ ...batch, sources: new Int32Array(4) })).toThrow(
      "seq2seq: expected sources of 15 tokens, int32 (batchSize 3 × sourceLength 5), got 4",
    );
    expect(() => model.evaluate({ ...batch, targets: batch.targets.map(() => 5) })).toThrow(
      "seq2seq: expected targets of 0 … 4, got 5 at row 0, step 0",
    );
    expect(() => make({ end: 9 })).toThrow("seq2seq: expected the token end of 0 … 4, got 9");
    expect(() => make({ hiddenSize: 5, bidirectional: true })).toThrow("needs an even hiddenSize, got 5");
    expect(() => make({ attention: "soft" as never })).toThrow('expected attention to be one of "dot"');
    expect(() => make({ teacherForcing: 2 })).toThrow("expected teacherForcing of 0 … 1, got 2");
    expect(() => model.translate(batch, 0)).toThrow("seq2seq: maxLength");
  });
});

describe("pairBatches", () => {
  it("does every pass hold every pair once, padded and masked?", () => {
    const pairs = Array.from({ length: 23 }, (_, k) => ({ source: [k, k], target: Array(k % 4).fill(k) }));
    const source = pairBatches(pairs, { first: 97, end: 98, padding: 99, batchSize: 5, rng: createRng(1) });
    const passes = source.passes();
    for (let pass = 0; pass < 2; pass++) {
      const seen: number[] = [];
      for (let k = 0; k < source.length; k++) {
        const { batchSize: B, timesteps: T, sources, inputs, targets, mask } = passes.next().value;
        for (let b = 0; b < B; b++) {
          seen.push(sources[b * 2]!);
          const n = sources[b * 2]! % 4;
          expect([...inputs.slice(b * T, b * T + n + 1)]).toEqual([97, ...Array(n).fill(sources[b * 2])]);
          expect(targets[b * T + n]).toBe(98);
          expect(mask.slice(b * T, (b + 1) * T).reduce((sum, m) => sum + m, 0)).toBe(n + 1);
        }
      }
      expect(seen.sort((a, b) => a - b)).toEqual(pairs.map((_, k) => k));
    }
    expect(() => pairBatches([], { first: 0, end: 1 })).toThrow(
      "pairBatches: expected at least one pair, got none",
    );
  });
});
