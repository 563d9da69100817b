import { generate, nextProbabilities } from "#src/nn/decode/generate.ts";
import { samplingProbabilities } from "#src/nn/decode/sample.ts";
import { linearCrossEntropy } from "#src/nn/layers/linear-cross-entropy.ts";
import { rnn } from "#src/nn/layers/rnn.ts";
import { bitsPerCharacter, crossEntropy, perplexity } from "#src/nn/metrics/cross-entropy.ts";
import { charRnn } from "#src/nn/models/char-rnn.ts";
import { activate, slope } from "#src/nn/ref/activation.ts";
import { gruStep, gruStepBackward } from "#src/nn/ref/gru.ts";
import { glorot, orthogonal } from "#src/nn/ref/initial.ts";
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
import { fit } from "#src/nn/train/fit.ts";
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
  orthogonal,
  identity,
};

/** Whole sequences as TensorFlow.js operations with gradients. */
const layers = { rnn, linearCrossEntropy };

/** exp and its kin with the same bits in every browser, and the norm of one or more arrays. */
const math = { exp, log, tanh, sigmoid, norm };

/** Models, training, decoding and measures of sequence models. */
export const nn = {
  charRnn,
  fit,
  generate,
  nextProbabilities,
  samplingProbabilities,
  crossEntropy,
  perplexity,
  bitsPerCharacter,
  clipByNorm,
  clipByValue,
  softmax,
  spectralRadius,
  withSpectralRadius,
  ref,
  layers,
  math,
};

export function create(): { nn: typeof nn } {
  return { nn };
}
