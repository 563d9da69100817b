import { describe, expect, it } from "vitest";
import attentionFixture from "../fixtures/training-attention.json";
import gruFixture from "../fixtures/training-gru.json";
import lstmFixture from "../fixtures/training-lstm.json";
import rnnFixture from "../fixtures/training-rnn.json";
import { norm } from "#src/util/math.ts";
import { encoderDecoderBackward, encoderDecoderForward } from "./encoder-decoder.ts";
import type { GruParams } from "./gru.ts";
import { gruBackward, gruForward } from "./gru-sequence.ts";
import {
  linearCrossEntropyBackward,
  linearCrossEntropyForward,
  type LinearParams,
} from "./linear-cross-entropy.ts";
import type { LstmParams } from "./lstm.ts";
import { lstmBackward, lstmForward } from "./lstm-sequence.ts";
import type { RnnParams } from "./rnn.ts";
import { rnnBackward, rnnForward } from "./rnn-sequence.ts";
import { arraysOf, double, expectClose, type Arrays } from "./test-case.ts";
import { named, pairBatchOf, paramsOf } from "./test-encoder-decoder.ts";

type Weights = Arrays<Float64Array>;
interface Training {
  optimizer: { learningRate: number; beta1: number; beta2: number; epsilon: number };
  clipNorm: number;
  losses: number[];
  norms: number[];
  end: object;
}

/** Adam on gradients clipped by their global norm; changes the weights in place, for all the fixture's iterations. */
function train(
  weights: Weights,
  { optimizer, clipNorm, losses }: Training,
  lossOf: (iteration: number) => { loss: number; gradients: object },
): { losses: number[]; norms: number[] } {
  const { learningRate, beta1, beta2, epsilon } = optimizer;
  const moments = Object.values(weights).map((u) => [u, u].map((each) => new Float64Array(each.length)));
  const names = Object.keys(weights);
  const results = losses.map((_, iteration) => {
    const { loss, gradients } = lossOf(iteration);
    const all = names.map((name) => (gradients as Weights)[`d${name}`]);
    const total = norm(...all);
    const [c1, c2] = [1 - beta1 ** (iteration + 1), 1 - beta2 ** (iteration + 1)];
    all.forEach((du, n) => {
      const [m, v] = moments[n];
      du.forEach((each, k) => {
        const d = each * Math.min(1, clipNorm / total);
        m[k] = beta1 * m[k] + (1 - beta1) * d;
        v[k] = beta2 * v[k] + (1 - beta2) * d * d;
        weights[names[n]][k] -= (learningRate * (m[k] / c1)) / (Math.sqrt(v[k] / c2) + epsilon);
      });
    });
    return { loss, norm: total };
  });
  return { losses: results.map(({ loss }) => loss), norms: results.map((each) => each.norm) };
}

/** The weights of recurrent part and output layer together. */
type Model = RnnParams<Float64Array> & LinearParams<Float64Array> & { bhn: Float64Array };

/** One kind's states [B,T,H] from tokens, and its gradients from dh. */
type Recurrence = (
  tokens: Int32Array,
  params: Model,
) => { h: Float64Array; back: (dh: Float64Array) => object };

const sizes = { batchSize: rnnFixture.batchSize, timesteps: rnnFixture.timesteps };
const recurrences: Record<string, Recurrence> = {
  rnn(tokens, params) {
    const run = rnnForward({ tokens, ...sizes }, params);
    return { h: run.h, back: (dh) => rnnBackward(run, dh) };
  },
  gru(tokens, params) {
    const run = gruForward({ tokens, ...sizes }, params as GruParams<Float64Array>, { reset: "after" });
    return { h: run.h, back: (dh) => gruBackward(run, dh) };
  },
  lstm(tokens, params) {
    const run = lstmForward({ tokens, ...sizes }, params as LstmParams<Float64Array>);
    return { h: run.h, back: (dh) => lstmBackward(run, dh) };
  },
};

describe("ten iterations of training", () => {
  it.each([rnnFixture, gruFixture, lstmFixture])(
    "does a character model with $kind meet every loss that PyTorch met?",
    (fixture) => {
      const { batchSize: B, timesteps: T } = fixture;
      expect({ batchSize: B, timesteps: T }).toEqual(sizes);
      const params = arraysOf<Float64Array, Model>(fixture.start, double);
      const results = train(params as unknown as Weights, fixture, (iteration) => {
        const rows = fixture.tokens[iteration]; // [B,T+1]
        const inputs = Int32Array.from(rows.filter((_, k) => k % (T + 1) < T));
        const targets = Int32Array.from(rows.filter((_, k) => k % (T + 1) > 0));
        const { h, back } = recurrences[fixture.kind](inputs, params);
        const head = linearCrossEntropyForward(h, params, targets);
        const { dh, ...output } = linearCrossEntropyBackward(head);
        return { loss: head.loss, gradients: { ...back(dh), ...output } };
      });
      expectClose(results, { losses: fixture.losses, norms: fixture.norms });
      expectClose(params, fixture.end);
    },
  );

  it("does an encoder with an attending decoder?", () => {
    const { startCell, batches, start, end, losses, norms } = attentionFixture;
    const params = paramsOf(start, double);
    const flat = Object.fromEntries(
      (["encoder", "decoder"] as const).flatMap((part) =>
        Object.entries(params[part]).map(([name, u]) => [`${part}_${name}`, u]),
      ),
    );
    const results = train(flat, attentionFixture, (iteration) => {
      const batch = pairBatchOf(batches[iteration]);
      const run = encoderDecoderForward(batch, params, { startCell: startCell as "c" | "h" });
      return { loss: run.loss, gradients: named(encoderDecoderBackward(run)) };
    });
    expectClose(results, { losses, norms });
    expectClose(flat, end);
  });
});
