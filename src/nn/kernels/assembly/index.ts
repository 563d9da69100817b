export { addTo, applyExp, applySigmoid, applyTanh, tanhBackward } from "./vector";
export { pack, packSteps, packTokens, transpose, unpack, unpackSteps } from "./panel";
export { addBias, biasGradient, linear, productPeak, weightGradient } from "./product";
export { lstmBackward, lstmForward } from "./lstm";
export { rnnBackward, rnnForward } from "./rnn";
export { gruAfterBackward, gruAfterForward, gruBeforeBackward, gruBeforeForward } from "./gru";
export { crossEntropy, logSoftmax } from "./cross-entropy";
export { adam, cut, rmsprop, sgd, squares } from "./optimiser";
export { additiveScores, additiveScoresBackward, attend, attendBackward, dotScores, dotScoresBackward } from "./attention";
