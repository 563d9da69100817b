import { norm } from "#src/util/math.ts";
import { gruBackward, gruForward } from "../ref/gru-sequence.ts";
import {
  linearCrossEntropyBackward,
  linearCrossEntropyForward,
  linearForward,
} from "../ref/linear-cross-entropy.ts";
import { lstmBackward, lstmForward } from "../ref/lstm-sequence.ts";
import { optimizerState, updateWeights } from "../ref/optimisers.ts";
import { rnnBackward, rnnForward } from "../ref/rnn-sequence.ts";
import { logSoftmaxRows } from "../ref/softmax.ts";
import type { Batch, Evaluation, ModelState } from "../model.ts";
import type { LanguageModelEngine, LanguageModelSizes, StepNorms, WeightName } from "./language-model.ts";
import { gatesOf } from "./recurrent.ts";

type Floats = Float32Array;
type Weights = Record<WeightName, Floats>;

/** One forward run: every hidden state, the last ones, and what gives the gradients. */
interface Run {
  h: Floats;
  state: ModelState;
  backward(dh: Floats, norms?: StepNorms): Record<string, Floats | undefined>;
}

/** The same engine in plain TypeScript, from the steps that the lessons print: where WebAssembly SIMD is missing, and as the kernels' oracle. */
export function referenceLanguageModel(sizes: LanguageModelSizes): LanguageModelEngine {
  const { kind, vocabSize: V, hiddenSize: H } = sizes;
  const G = gatesOf(kind);
  const lengths: Partial<Record<WeightName, number>> = {
    ...{ Wx: V * G * H, Wh: H * G * H, b: G * H },
    ...(kind === "gru-after" ? { bhn: H } : {}),
    ...{ Wy: H * V, by: V },
  };
  const names = Object.keys(lengths) as WeightName[];
  const fresh = () =>
    Object.fromEntries(names.map((name) => [name, new Float32Array(lengths[name]!)])) as Weights;
  const weights = fresh();
  const gradients = fresh();
  let states: Record<string, ReturnType<typeof optimizerState>> = {};

  const evaluate = (batch: Batch, first?: ModelState) => {
    const run = recurrentRun(sizes, batch, { weights, first });
    return { run, head: linearCrossEntropyForward(run.h, weights, batch.targets, batch.mask) };
  };
  const outcome = ({ run, head }: ReturnType<typeof evaluate>): Evaluation => ({
    loss: head.loss,
    kept: head.kept,
    state: run.state,
  });
  return {
    names,
    weight: (name) => weights[name],
    gradient: (name) => gradients[name],
    evaluate: (batch, first) => outcome(evaluate(batch, first)),
    gradients(batch, first, norms) {
      const done = evaluate(batch, first);
      const { dh, ...output } = linearCrossEntropyBackward(done.head);
      const all: Record<string, Floats | undefined> = { ...output, ...done.run.backward(dh, norms) };
      for (const name of names) gradients[name].set(all[`d${name}`]!);
      return outcome(done);
    },
    update({ clipNorm, clipValue = Infinity, ...rule }) {
      const before = norm(...Object.values(gradients));
      const scale = clipNorm !== undefined && before > clipNorm ? clipNorm / before : 1;
      for (const name of names) {
        const du = gradients[name];
        for (let n = 0; n < du.length; n++) du[n] = Math.max(-clipValue, Math.min(clipValue, du[n]! * scale));
        updateWeights(weights[name], du, (states[name] ??= optimizerState(rule, du)), rule);
      }
      return before;
    },
    step(tokens, first) {
      const batch = { batchSize: tokens.length, timesteps: 1, inputs: tokens, targets: tokens };
      const { h, state } = recurrentRun(sizes, batch, { weights, first });
      return { logProbs: logSoftmaxRows(linearForward(h, weights), V), state };
    },
    restart: () => void (states = {}),
    dispose: () => undefined,
  };
}

function recurrentRun(
  { kind, activation }: LanguageModelSizes,
  { batchSize, timesteps, inputs: tokens }: Batch,
  { weights, first }: { weights: Weights; first?: ModelState },
): Run {
  const input = { batchSize, timesteps, tokens };
  const h0 = first?.["h"];
  if (kind === "rnn") {
    const run = rnnForward(input, weights, { h0, activation });
    return {
      h: run.h,
      state: { h: run.hLast },
      backward: (dh, norms) => ({ ...rnnBackward(run, dh, { norms: norms?.h }) }),
    };
  }
  if (kind === "lstm") {
    const run = lstmForward(input, weights, { h0, c0: first?.["c"] });
    const backward: Run["backward"] = (dh, norms) => ({
      ...lstmBackward(run, dh, { norms: norms?.h, cellNorms: norms?.c }),
    });
    return { h: run.h, state: { h: run.hLast, c: run.cLast }, backward };
  }
  const run = gruForward(input, weights, { h0, reset: kind === "gru-after" ? "after" : "before" });
  return {
    h: run.h,
    state: { h: run.hLast },
    backward: (dh, norms) => ({ ...gruBackward(run, dh, { norms: norms?.h }) }),
  };
}
