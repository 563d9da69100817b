import { norm } from "#src/util/math.ts";
import type { ModelState } from "../../model.ts";
import { attentionBackward, attentionForward, type AttentionRun } from "../../ref/attention.ts";
import type { Scoring } from "../../ref/attention-scores.ts";
import { denseBackward, denseForward, type DenseRun } from "../../ref/dense.ts";
import { gruBackward, gruForward } from "../../ref/gru-sequence.ts";
import { highwayBackward, highwayForward } from "../../ref/highway-sequence.ts";
import {
  type LinearCrossEntropy,
  linearCrossEntropyBackward,
  linearCrossEntropyForward,
  linearForward,
} from "../../ref/linear-cross-entropy.ts";
import { lstmBackward, lstmForward } from "../../ref/lstm-sequence.ts";
import { optimizerState, updateWeights } from "../../ref/optimisers.ts";
import { rnnBackward, rnnForward } from "../../ref/rnn-sequence.ts";
import type { MaskedInput } from "../../ref/sequence-input.ts";
import { logSoftmaxRows } from "../../ref/softmax.ts";
import type {
  AttentionPart,
  AttentionSizes,
  ClassesPart,
  DensePart,
  DenseSizes,
  Lengths,
  Parameters,
  Parts,
  RecurrentPart,
  RecurrentPartInput,
  RecurrentPartSizes,
  WeightNames,
} from "./part.ts";

type Floats = Float32Array;

/** The same parts from the steps that the lessons print: where WebAssembly SIMD is missing, and as the kernels' oracle. */
export function plainParts(lengths: Lengths): Parts {
  const parameters = plainParameters(lengths);
  return {
    parameters,
    recurrent: (sizes, names) => plainRecurrent(parameters, sizes, names),
    dense: (sizes, names) => plainDense(parameters, sizes, names),
    classes: (_, names) => plainClasses(parameters, names),
    attention: (sizes, names) => plainAttention(parameters, sizes, names),
    dispose: () => undefined,
  };
}

function plainParameters(lengths: Lengths): Parameters {
  const names = Object.keys(lengths);
  const fresh = () => Object.fromEntries(names.map((name) => [name, new Float32Array(lengths[name]!)]));
  const [weights, gradients] = [fresh(), fresh()];
  let states: Record<string, ReturnType<typeof optimizerState>> = {};
  return {
    names,
    weight: (name) => weights[name]!,
    read: (name) => weights[name]!,
    gradient: (name) => gradients[name]!,
    update({ clipNorm, clipValue = Infinity, ...rule }) {
      const before = norm(...Object.values(gradients));
      const scale = clipNorm !== undefined && before > clipNorm ? clipNorm / before : 1;
      for (const name of names) {
        const du = gradients[name]!;
        for (let n = 0; n < du.length; n++) du[n] = Math.max(-clipValue, Math.min(clipValue, du[n]! * scale));
        updateWeights(weights[name]!, du, (states[name] ??= optimizerState(rule, du)), rule);
      }
      return before;
    },
    restart: () => void (states = {}),
    dispose: () => undefined,
  };
}

interface RecurrentRun {
  h: Floats;
  last: ModelState;
  backward(dh: Floats, last?: ModelState): Record<string, Floats | undefined>;
}

export function plainRecurrent(
  parameters: Parameters,
  sizes: RecurrentPartSizes,
  names: WeightNames,
): RecurrentPart {
  let run: RecurrentRun | undefined;
  return {
    forward(input) {
      const entries = Object.entries(names).map(([key, name]) => [key, parameters.read(name).slice()]);
      run = recurrentRun(sizes, input, Object.fromEntries(entries) as Weights);
      return { h: run.h, last: run.last };
    },
    backward(dh, last) {
      const all = run!.backward(dh, last);
      for (const [key, name] of Object.entries(names)) parameters.gradient(name).set(all[`d${key}`]!);
      const { dx, dh0, dc0 } = all;
      return { ...(dx && { dx }), first: { h: dh0!, ...(dc0 && { c: dc0 }) } };
    },
  };
}

type Weights = Record<"Wx" | "Wh" | "b" | "bhn", Floats> & { Wp?: Floats };

function recurrentRun(
  { kind, activation }: RecurrentPartSizes,
  { batchSize, timesteps, values, mask, first }: RecurrentPartInput,
  weights: Weights,
): RecurrentRun {
  const size = { batchSize, timesteps, mask };
  const input: MaskedInput<Floats> =
    values instanceof Int32Array ? { ...size, tokens: values } : { ...size, x: values };
  const [h0, c0] = [first?.["h"], first?.["c"]];
  const ends = (last?: ModelState) => ({ dhLast: last?.["h"], dcLast: last?.["c"] });
  if (kind === "lstm" || kind === "lstm-peephole") {
    const run = lstmForward(input, weights, { h0, c0 });
    const last = { h: run.hLast, c: run.cLast };
    return { h: run.h, last, backward: (dh, d) => ({ ...lstmBackward(run, dh, ends(d)) }) };
  }
  if (kind === "rnn") {
    const run = rnnForward(input, weights, { h0, activation });
    const backward: RecurrentRun["backward"] = (dh, d) => ({
      ...rnnBackward(run, dh, { dhLast: d?.["h"] }),
    });
    return { h: run.h, last: { h: run.hLast }, backward };
  }
  if (kind === "highway") {
    const run = highwayForward(input, weights, { h0 });
    const backward: RecurrentRun["backward"] = (dh, d) => ({
      ...highwayBackward(run, dh, { dhLast: d?.["h"] }),
    });
    return { h: run.h, last: { h: run.hLast }, backward };
  }
  const run = gruForward(input, weights, { h0, reset: kind === "gru-after" ? "after" : "before" });
  return { h: run.h, last: { h: run.hLast }, backward: (dh, d) => ({ ...gruBackward(run, dh, ends(d)) }) };
}

function plainDense(
  parameters: Parameters,
  { outputSize, activation }: DenseSizes,
  names: { W: string; b?: string },
): DensePart {
  let run: DenseRun<Floats> | undefined;
  return {
    forward(x) {
      const b = names.b === undefined ? new Float32Array(outputSize) : parameters.read(names.b).slice();
      run = denseForward(x, { W: parameters.read(names.W).slice(), b }, activation);
      return run.y;
    },
    backward(dy) {
      const { dx, dW, db } = denseBackward(run!, dy);
      parameters.gradient(names.W).set(dW);
      if (names.b !== undefined) parameters.gradient(names.b).set(db);
      return dx;
    },
  };
}

function plainClasses(parameters: Parameters, { Wy, by }: { Wy: string; by: string }): ClassesPart {
  const params = () => ({ Wy: parameters.read(Wy), by: parameters.read(by) });
  let run: LinearCrossEntropy<Floats> | undefined;
  return {
    loss(x, targets, mask) {
      run = linearCrossEntropyForward(x, params(), targets, mask);
      return { loss: run.loss, kept: run.kept };
    },
    backward() {
      const { dh, dWy, dby } = linearCrossEntropyBackward(run!);
      parameters.gradient(Wy).set(dWy);
      parameters.gradient(by).set(dby);
      return dh;
    },
    logProbs: (x) => logSoftmaxRows(linearForward(x, params()), parameters.read(by).length),
  };
}

function plainAttention(
  parameters: Parameters,
  { scoring }: AttentionSizes,
  names: Record<string, string>,
): AttentionPart {
  let run: AttentionRun<Floats> | undefined;
  return {
    forward(input) {
      const weights = Object.entries(names).map(([key, name]) => [key, parameters.read(name).slice()]);
      const how = { kind: scoring, ...Object.fromEntries(weights) } as Scoring<Floats>;
      run = attentionForward(input, how);
      return { alpha: run.alpha, context: run.context };
    },
    backward(dcontext) {
      const { dqueries, dkeys, ...weights } = attentionBackward(run!, dcontext);
      const found: Record<string, Floats | undefined> = { ...weights };
      for (const [key, name] of Object.entries(names)) parameters.gradient(name).set(found[`d${key}`]!);
      return { dqueries, dkeys };
    },
  };
}
