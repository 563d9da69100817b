import { createKernels, type WordRoutine } from "#src/nn/kernels/module.ts";
import { wordsSimd } from "#src/nn/kernels/built/words-simd.ts";
import { cbowNegative, cbowSoftmax } from "#src/nn/ref/cbow.ts";
import { adaGradStep, gloveTerm, gloveWeight } from "#src/nn/ref/glove.ts";
import { skipGramNegative, skipGramSoftmax } from "#src/nn/ref/skip-gram.ts";
import { type CoOccurrences, coOccurrences } from "#src/nn/words/co-occurrence.ts";
import {
  corpus,
  keepProbabilities,
  noiseWeights,
  subsample,
  tokenise,
  type WordCorpus,
} from "#src/nn/words/corpus.ts";
import { analogy, cosine, neighbours } from "#src/nn/words/neighbours.ts";
import { alignedTo, pca } from "#src/nn/words/pca.ts";
import { ppmi, ppmiSvd } from "#src/nn/words/ppmi.ts";
import { tsne } from "#src/nn/words/t-sne.ts";
import { glove, type GloveOptions, type GloveTraining } from "#src/nn/words/train-glove.ts";
import { cbow, type PairOptions, skipGram, type WordTraining } from "#src/nn/words/train-pairs.ts";
import { wordVectors } from "#src/nn/words/word-vectors.ts";
import { exp, log, sigmoid } from "#src/util/math.ts";

/** Plain TypeScript on typed arrays, one prediction at a time, with every gradient. */
const ref = {
  skipGramSoftmax,
  skipGramNegative,
  cbowSoftmax,
  cbowNegative,
  gloveTerm,
  gloveWeight,
  adaGradStep,
};

/** With the same bits in every browser. */
const math = { exp, log, sigmoid };

const common = {
  corpus,
  tokenise,
  keepProbabilities,
  noiseWeights,
  subsample,
  coOccurrences,
  ppmi,
  ppmiSvd,
  wordVectors,
  cosine,
  neighbours,
  analogy,
  pca,
  alignedTo,
  tsne,
  ref,
  math,
};

/** A text is numbered first, with embeddings.corpus. */
type Words = string | WordCorpus;

/** Vectors for words: training, counting, neighbours and maps. */
export type Embeddings = typeof common & {
  /** Skip-gram with negative sampling: `for await (const { words, loss } of training) …`, then `training.vectors`. */
  skipGram(words: Words, options?: PairOptions): WordTraining;
  /** CBOW with negative sampling: the mean of the neighbours predicts the word. */
  cbow(words: Words, options?: PairOptions): WordTraining;
  /** GloVe on counts of embeddings.coOccurrences. */
  glove(counts: CoOccurrences, options?: GloveOptions): GloveTraining;
};

/** Trained in WebAssembly with plain SIMD, whose numbers are the same in every browser, or else in TypeScript. */
export function create(): { embeddings: Embeddings } {
  const kernels = createKernels<WordRoutine>(wordsSimd);
  const numbered = (words: Words): WordCorpus => (typeof words === "string" ? corpus(words) : words);
  return {
    embeddings: {
      ...common,
      skipGram: (words, options) => skipGram(kernels, numbered(words), options),
      cbow: (words, options) => cbow(kernels, numbered(words), options),
      glove: (counts, options) => glove(kernels, counts, options),
    },
  };
}
