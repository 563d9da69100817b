import { describe, expect, it } from "vitest";
import { createRng } from "#src/util/rng.ts";
import fixtures from "../fixtures/layers.json";
import type { Activation } from "./activation.ts";
import { denseBackward, denseForward, type DenseParams } from "./dense.ts";
import { dropoutBackward, dropoutForward, dropoutMask } from "./dropout.ts";
import { embeddingBackward, embeddingForward } from "./embedding.ts";
import type { Floats } from "./floats.ts";
import { layerNormBackward, layerNormForward, type LayerNormParams } from "./layer-norm.ts";
import { convolutionBackward, convolutionForward, type ConvolutionParams } from "./temporal-convolution.ts";
import { PRECISIONS, arraysOf, double, expectClose } from "./test-case.ts";

describe.each(PRECISIONS)("in $name precision", ({ make, tolerance }) => {
  it.each(fixtures.dense)(
    "does a dense layer ($activation) give PyTorch's numbers and gradients?",
    (fixture) => {
      const { x, ...params } = arraysOf<Floats, DenseParams & { x: Floats }>(fixture.inputs, make);
      const run = denseForward(x, params, fixture.activation as Activation);
      expectClose(run, fixture.outputs, tolerance);
      expectClose(denseBackward(run, make(fixture.upstream.dy)), fixture.gradients, tolerance);
    },
  );

  it.each(fixtures.embedding)("does an embedding of $tokens give PyTorch's rows and gradient?", (fixture) => {
    const E = make(fixture.inputs.E);
    const tokens = Int32Array.from(fixture.tokens);
    expectClose({ x: embeddingForward(tokens, E, fixture.embeddingSize) }, fixture.outputs, tolerance);
    const dE = embeddingBackward(tokens, E, make(fixture.upstream.dx));
    expectClose({ dE }, fixture.gradients, tolerance);
  });

  it.each(fixtures.layerNorm)("does a layer norm give PyTorch's numbers and gradients?", (fixture) => {
    const { x, ...params } = arraysOf<Floats, LayerNormParams & { x: Floats }>(fixture.inputs, make);
    const run = layerNormForward(x, params);
    expectClose(run, fixture.outputs, tolerance);
    expectClose(layerNormBackward(run, make(fixture.upstream.dy)), fixture.gradients, tolerance);
  });

  it.each(fixtures.convolution)(
    "does a convolution over time (T=$timesteps, $kernelSize taps $dilation apart) give PyTorch's numbers and gradients?",
    (fixture) => {
      const { x, ...params } = arraysOf<Floats, ConvolutionParams & { x: Floats }>(fixture.inputs, make);
      const { batchSize, timesteps } = fixture;
      const run = convolutionForward({ x, batchSize, timesteps }, params, fixture);
      expectClose(run, fixture.outputs, tolerance);
      expectClose(convolutionBackward(run, make(fixture.upstream.dy)), fixture.gradients, tolerance);
    },
  );
});

describe("dropout", () => {
  const x = Float64Array.from({ length: 6000 }, (_, k) => k + 1);

  it("does it drop its share, keep the mean, and draw the same mask from the same seed?", () => {
    const mask = dropoutMask(x, 0.25, createRng(7));
    const dropped = mask.filter((m) => m === 0).length;
    expect(Math.abs(dropped / x.length - 0.25)).toBeLessThan(0.02);
    expect(new Set(mask)).toEqual(new Set([0, 4 / 3]));
    expect(dropoutMask(x, 0.25, createRng(7))).toEqual(mask);
    expect(dropoutForward(x, mask)).toEqual(x.map((u, k) => u * mask[k]));
    expect(dropoutBackward(x, mask)).toEqual(dropoutForward(x, mask));
  });

  it("does rate 0 change nothing, and is Float32Array kept?", () => {
    const u = Float32Array.of(1, 2, 3);
    expect(dropoutForward(u, dropoutMask(u, 0, createRng(1)))).toEqual(u);
  });

  it("can the same units be dropped at all steps?", () => {
    const mask = double([0, 2, 2, 0]); // [B,H] = [2,2]
    const y = dropoutForward(double([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]), mask, 3, 2);
    expect([...y]).toEqual([0, 4, 0, 8, 0, 12, 14, 0, 18, 0, 22, 0]);
  });

  it.each([1, -0.1, NaN])("does it refuse rate %s?", (rate) => {
    expect(() => dropoutMask(x, rate, createRng(1))).toThrow(
      `dropout: expected a rate in [0, 1), got ${rate}`,
    );
  });
});

describe("layers", () => {
  const u = double([1, 2, 3, 4, 5, 6]);
  const three = u.slice(3);

  it("does a layer norm of equal numbers stay finite?", () => {
    const run = layerNormForward(double([2, 2, 2]), { gamma: three, beta: u.slice(0, 3) });
    expect([...run.y]).toEqual([1, 2, 3]);
    expect(layerNormBackward(run, double([1, 0, 0])).dx.every(Number.isFinite)).toBe(true);
  });

  it("does a convolution see no later step?", () => {
    const params = { W: u, b: double([0]) }; // K = 3, D = 2, N = 1
    const run = (x: Float64Array) =>
      convolutionForward({ x, batchSize: 1, timesteps: 3 }, params, { kernelSize: 3 }).y;
    const later = u.slice();
    later[4] = 100;
    expect(run(later).slice(0, 2)).toEqual(run(u).slice(0, 2));
  });

  it("does it say which size or token is wrong?", () => {
    const dense = { W: u, b: double([1, 2]) };
    expect(() => denseForward(u, { W: u, b: double([1, 2, 3, 4]) })).toThrow(
      "dense: expected W of shape [K=1, N=4]",
    );
    expect(() => denseForward(u.slice(2), dense)).toThrow(
      "dense: expected x of shape [R=1, K=3] (3 numbers), got 4",
    );
    expect(() => denseBackward(denseForward(u, dense), u)).toThrow(
      "denseBackward: expected dy of shape [R=2, N=2]",
    );
    const tokens = Int32Array.of(0, 2);
    expect(() => embeddingForward(tokens, u, 3)).toThrow(
      "embedding: expected tokens of 0 … 1, got 2 at index 1",
    );
    expect(() => embeddingForward(tokens, u, 4)).toThrow(
      "embedding: expected E of shape [V=1, D=4] (4 numbers)",
    );
    const norm = { gamma: three, beta: three };
    expect(() => layerNormForward(u.slice(1), norm)).toThrow("layerNorm: expected x of shape [N=1, H=3]");
    expect(() => layerNormForward(u, { ...norm, beta: u })).toThrow(
      "layerNorm: expected beta of shape [H=3]",
    );
    expect(() => layerNormBackward(layerNormForward(u, norm), three)).toThrow(
      "layerNormBackward: expected dy",
    );
    expect(() => dropoutForward(u, three, 3)).toThrow(
      "dropout: expected x of shape [B=1, T=3, H=3] (9 numbers)",
    );
    const input = { x: u, batchSize: 1, timesteps: 3 };
    const taps = (kernelSize: number, dilation?: number) => () =>
      convolutionForward(input, { W: u, b: double([0]) }, { kernelSize, dilation });
    expect(taps(2)).toThrow("convolution: expected W of shape [K=2, D=2, N=1] (4 numbers), got 6 numbers");
    expect(taps(0)).toThrow("convolution: kernelSize must be a whole number of at least 1, got 0");
    expect(taps(3, 0.5)).toThrow("convolution: dilation must be a whole number of at least 1, got 0.5");
    expect(() => convolutionForward({ ...input, timesteps: 4 }, { W: u, b: u }, { kernelSize: 1 })).toThrow(
      "convolution: expected x of shape [B=1, T=4, D=1] (4 numbers), got 6",
    );
    expect(() => convolutionBackward(taps(3)(), u)).toThrow(
      "convolutionBackward: expected dy of shape [B=1, T=3",
    );
  });
});
