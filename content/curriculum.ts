/** The whole course as it is planned: a lesson that is not written yet stands on the map as what it is. */
export const PARTS = ["Predicting sequences", "Recurrence", "Words as vectors", "Sequence to sequence"];

export interface PlannedLesson {
  folder: string;
  part: number;
  title: string;
}

const plan = (part: number, lessons: [folder: string, title: string][]): PlannedLesson[] =>
  lessons.map(([folder, title]) => ({ folder, part, title }));

export const CURRICULUM: PlannedLesson[] = [
  ...plan(1, [
    ["01-sequences", "Sequences"],
    ["02-n-grams", "Counting: n-grams and hidden states"],
    ["03-perplexity", "Surprise and perplexity"],
  ]),
  ...plan(2, [
    ["04-rnn", "The recurrent network"],
    ["05-char-lm", "A character language model"],
    ["06-bptt", "Back-propagation through time"],
    ["07-vanishing-gradients", "Why gradients vanish and explode"],
    ["08-lstm", "Long short-term memory"],
    ["09-gru", "Gated recurrent units"],
    ["10-long-memory", "Races for long memory"],
    ["11-deep-bidirectional", "Deep and bidirectional networks"],
    ["12-classification", "Labels for sequences"],
  ]),
  ...plan(3, [
    ["13-word-vectors", "Words as vectors"],
    ["14-word2vec", "word2vec"],
    ["15-glove", "GloVe"],
  ]),
  ...plan(4, [
    ["16-seq2seq", "Encoder and decoder"],
    ["17-decoding", "Search: greedy, beam, sampling"],
    ["18-bleu", "BLEU"],
    ["19-attention", "Attention"],
    ["20-seeing", "Sequences out of pictures"],
    ["21-beyond", "Beyond recurrence"],
  ]),
];
