import { describe, expect, it } from "vitest";
import fixtures from "../fixtures/encoder-decoder.json";
import { attentionDecoderForward } from "./attention-decoder.ts";
import {
  encode,
  encoderDecoderBackward,
  encoderDecoderForward,
  type EncoderDecoderParams,
  type PairBatch,
} from "./encoder-decoder.ts";
import type { Floats } from "./floats.ts";
import {
  PRECISIONS,
  arraysOf,
  double,
  expectCentralDifferences,
  expectClose,
  type Arrays,
} from "./test-case.ts";
import { named, pairBatchOf, paramsOf } from "./test-encoder-decoder.ts";

type StartCell = "c" | "h";

describe.each(PRECISIONS)("in $name precision", ({ make, tolerance }) => {
  it.each(fixtures)(
    "do encoder and attending decoder (B=$batch.batchSize, c from $startCell) give PyTorch's loss and gradients?",
    (fixture) => {
      const params = paramsOf(fixture.inputs, make);
      const startCell = fixture.startCell as StartCell;
      const run = encoderDecoderForward(pairBatchOf(fixture.batch), params, { startCell });
      const { logits, alpha, loss } = run;
      expectClose({ logits, alpha, loss: [loss] }, fixture.outputs, tolerance);
      expectClose(named(encoderDecoderBackward(run)), fixture.gradients, tolerance);
    },
  );
});

describe("the encoder and its decoder", () => {
  const fixture = fixtures[3];
  const batch = pairBatchOf(fixture.batch);
  const params: EncoderDecoderParams<Float64Array> = paramsOf(fixture.inputs, double);
  const { batchSize, timesteps, sourceMask } = batch;

  it("is decoding step by step the same as with all tokens given?", () => {
    const { logits, alpha } = encoderDecoderForward(batch, params);
    const encoder = encode(batch, params.encoder);
    let [h0, c0] = [encoder.hLast, encoder.cLast];
    for (let t = 0; t < timesteps; t++) {
      const tokens = batch.inputs.filter((_, n) => n % timesteps === t);
      const given = { tokens, batchSize, timesteps: 1, h0, c0, encoded: encoder.h, sourceMask };
      const step = attentionDecoderForward(given, params.decoder);
      [h0, c0] = [step.hLast, step.cLast];
      expectClose(step, { logits: atStep(logits, t), alpha: atStep(alpha, t) }, 1e-12);
    }
  });

  /** Step t of [B,T,n]. */
  const atStep = (u: Floats, t: number): number[] => {
    const n = u.length / batchSize / timesteps;
    return [...u].filter((_, k) => Math.floor(k / n) % timesteps === t);
  };

  it.each<StartCell>(["c", "h"])("do central differences of the loss agree (c from %s)?", (startCell) => {
    const forward = () => encoderDecoderForward(batch, params, { startCell });
    const gradients = encoderDecoderBackward(forward());
    expectCentralDifferences(() => forward().loss, params.encoder, gradients.encoder);
    expectCentralDifferences(() => forward().loss, params.decoder, gradients.decoder);
  });

  it("does padding of the source change nothing?", () => {
    const { loss } = encoderDecoderForward(batch, params);
    const S = batch.sourceLength;
    const sources = batch.sources.map((token, n) => (sourceMask![n] ? token : 3 - token));
    expect(encoderDecoderForward({ ...batch, sources }, params).loss).toBe(loss);
    const shorter: PairBatch = {
      ...{ ...batch, batchSize: 1, sourceLength: 1, sources: batch.sources.slice(S, S + 1) },
      ...{ inputs: batch.inputs.slice(timesteps), targets: batch.targets.slice(timesteps) },
      ...{ sourceMask: undefined, mask: Array.from(batch.mask!).slice(timesteps) },
    };
    const padded = { ...shorter, sourceLength: S, sources: sources.slice(S), sourceMask: [1, 0, 0] };
    expect(encoderDecoderForward(padded, params).loss).toBeCloseTo(
      encoderDecoderForward(shorter, params).loss,
      14,
    );
  });

  it("does half the loss have half the gradients?", () => {
    const run = encoderDecoderForward(batch, params);
    const [whole, half] = [1, 0.5].map((dloss) => named(encoderDecoderBackward(run, dloss)) as Arrays);
    for (const name of Object.keys(whole)) whole[name] = whole[name].map((u) => u / 2) as Float64Array;
    expectClose(
      half,
      arraysOf(whole, (u) => u as unknown as Float64Array),
      1e-12,
    );
  });

  it("does it say which size or token is wrong?", () => {
    const from = (wrong: Partial<PairBatch>) => () => encoderDecoderForward({ ...batch, ...wrong }, params);
    const one = Int32Array.of(9);
    expect(from({ sources: one })).toThrow(
      "encoderDecoder: expected sources of shape [B=2, S=3] (6 numbers), got 1",
    );
    expect(from({ targets: one })).toThrow(
      "encoderDecoder: expected targets of shape [B=2, T=4] (8 numbers), got 1",
    );
    expect(from({ inputs: one })).toThrow(
      "attentionDecoder: expected tokens of shape [B=2, T=4] (8 numbers)",
    );
    expect(from({ inputs: new Int32Array(8).fill(9) })).toThrow(
      "embedding: expected tokens of 0 … 3, got 9 at",
    );
    expect(from({ mask: new Uint8Array(8) })).toThrow(
      "crossEntropy: expected a mask that keeps at least one token",
    );
    const { h, hLast, cLast } = encode(batch, params.encoder);
    const given = { tokens: batch.inputs, batchSize, timesteps, h0: hLast, c0: cLast, encoded: h.slice(1) };
    expect(() => attentionDecoderForward(given, params.decoder)).toThrow(
      "attentionDecoder: expected encoded of shape [B=2, S=2, H=3] (12 numbers), got 17 numbers",
    );
  });
});
