/** The file that the site ships: weights.safetensors in base64. */
export const PRONUNCIATION_FILE = "pronunciation-weights";

/** How the shipped model was made; a model of these sizes takes its weights. */
export const pronunciationSizes = {
  hiddenSize: 256,
  embeddingSize: 64,
  bidirectional: true,
  attention: "general",
} as const;

/** The trained weights as base64 text, for weights.load (2 MB to load). */
export function pronunciationWeights(fetchData: (name: string) => Promise<string>): Promise<string> {
  return fetchData(PRONUNCIATION_FILE);
}
