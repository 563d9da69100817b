import { beamSearch } from "#src/nn/decode/beam.ts";
import { generate, nextProbabilities } from "#src/nn/decode/generate.ts";
import { samplingProbabilities } from "#src/nn/decode/sample.ts";
import { exhaustiveSearch, greedySearch } from "#src/nn/decode/search.ts";
import { linearCrossEntropy } from "#src/nn/layers/linear-cross-entropy.ts";
import { type RecurrentLayers, recurrentLayers } from "#src/nn/layers/recurrent.ts";
import { bitsPerCharacter, crossEntropy, perplexity } from "#src/nn/metrics/cross-entropy.ts";
import { simd } from "#src/nn/kernels/built/simd.ts";
import { createKernels } from "#src/nn/kernels/module.ts";
import { charModels, type CharModels } from "#src/nn/models/char-rnn.ts";
import { hmm, randomHmm } from "#src/nn/models/hmm.ts";
import { baumWelch } from "#src/nn/models/hmm-learning.ts";
import {
  sequenceModel,
  type SequenceModel,
  type SequenceModelOptions,
} from "#src/nn/models/sequence-model.ts";
import { nGram } from "#src/nn/models/n-gram.ts";
import { seq2seq, type Seq2seq, type Seq2seqOptions } from "#src/nn/models/seq2seq.ts";
import { activate, slope } from "#src/nn/ref/activation.ts";
import { gruStep, gruStepBackward } from "#src/nn/ref/gru.ts";
import { glorot, he, orthogonal } from "#src/nn/ref/initial.ts";
import { identity, jacobianProduct, rnnJacobian } from "#src/nn/ref/jacobian.ts";
import {
  linearCrossEntropyBackward,
  linearCrossEntropyForward,
  linearForward,
} from "#src/nn/ref/linear-cross-entropy.ts";
import { lstmStep, lstmStepBackward } from "#src/nn/ref/lstm.ts";
import { rnnStep, rnnStepBackward } from "#src/nn/ref/rnn.ts";
import { rnnBackward, rnnForward } from "#src/nn/ref/rnn-sequence.ts";
import { softmax, softmaxCrossEntropy, softmaxCrossEntropyBackward } from "#src/nn/ref/softmax.ts";
import { spectralNorm, spectralRadius, withSpectralRadius } from "#src/nn/ref/spectral.ts";
import { unrollGru, unrollLstm, unrollRnn } from "#src/nn/ref/unroll.ts";
import { clipByNorm, clipByValue } from "#src/nn/train/clip.ts";
import { adam, rmsprop, sgd } from "#src/nn/train/optimizers.ts";
import { earlyStop } from "#src/nn/train/early-stop.ts";
import { fit } from "#src/nn/train/fit.ts";
import { constant, cosine, exponential, stepDecay, warmUp } from "#src/nn/train/schedules.ts";
import { exp, log, norm, sigmoid, tanh } from "#src/util/math.ts";

/** Plain TypeScript on typed arrays: the code that the lessons print, forward and backward. */
const ref = {
  rnnStep,
  rnnStepBackward,
  lstmStep,
  lstmStepBackward,
  gruStep,
  gruStepBackward,
  rnnForward,
  rnnBackward,
  unrollRnn,
  unrollLstm,
  unrollGru,
  activate,
  slope,
  softmax,
  softmaxCrossEntropy,
  softmaxCrossEntropyBackward,
  linearForward,
  linearCrossEntropyForward,
  linearCrossEntropyBackward,
  rnnJacobian,
  jacobianProduct,
  spectralNorm,
  spectralRadius,
  withSpectralRadius,
  glorot,
  he,
  orthogonal,
  identity,
};

/** exp and its kin with the same bits in every browser, and the norm of one or more arrays. */
const math = { exp, log, tanh, sigmoid, norm };

/** How a learning rate changes with the iterations. */
const schedules = { constant, stepDecay, exponential, cosine, warmUp };

const common = {
  nGram,
  hmm,
  randomHmm,
  baumWelch,
  fit,
  adam,
  sgd,
  rmsprop,
  schedules,
  earlyStop,
  generate,
  nextProbabilities,
  samplingProbabilities,
  greedySearch,
  beamSearch,
  exhaustiveSearch,
  crossEntropy,
  perplexity,
  bitsPerCharacter,
  clipByNorm,
  clipByValue,
  softmax,
  spectralRadius,
  withSpectralRadius,
  ref,
  math,
};

/** Whole sequences as TensorFlow.js operations with gradients. */
export type Layers = RecurrentLayers & { linearCrossEntropy: typeof linearCrossEntropy };

/** Models, training, decoding and measures of sequence models. */
export type Nn = CharModels & {
  layers: Layers;
  /** Recurrent layers, in one direction or both, and an output at each step or after the last: classes or values. */
  sequenceModel(options: SequenceModelOptions): SequenceModel;
  /** Encoder and decoder with attention: what is read and what is said may have lengths of their own. */
  seq2seq(options: Seq2seqOptions): Seq2seq;
} & typeof common;

/** The models compute in WebAssembly with plain SIMD, whose numbers are the same in every browser, or else in TypeScript. */
export function create(): { nn: Nn } {
  const kernels = createKernels(simd);
  const layers: Layers = { ...recurrentLayers(kernels), linearCrossEntropy };
  const ofSequences = (options: SequenceModelOptions) => sequenceModel(kernels, options);
  const ofPairs = (options: Seq2seqOptions) => seq2seq(kernels, options);
  const models = { ...charModels(kernels), sequenceModel: ofSequences, seq2seq: ofPairs };
  return { nn: { ...models, layers, ...common } };
}
