import { accuracy, exactMatch } from "#src/nn/metrics/accuracy.ts";
import { bleu, brevityPenalty, d2lBleu, expMeanPrecision, sentenceBleu } from "#src/nn/metrics/bleu.ts";
import { chrf } from "#src/nn/metrics/chrf.ts";
import { editDistance, edits, errorRate, sequenceErrorRate } from "#src/nn/metrics/edit-distance.ts";

/** How good what a model said is, against what it should have said. */
const metrics = {
  accuracy,
  exactMatch,
  editDistance,
  edits,
  errorRate,
  sequenceErrorRate,
  bleu,
  sentenceBleu,
  brevityPenalty,
  d2lBleu,
  expMeanPrecision,
  chrf,
};

export function create(): { metrics: typeof metrics } {
  return { metrics };
}
