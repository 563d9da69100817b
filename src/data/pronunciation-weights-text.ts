import { readFile } from "node:fs/promises";
import { PRONUNCIATION_FILE } from "./pronunciation-weights.ts";

/** Build side: what `tools/train-pronunciation.ts` made, as text. */
export const shipped = {
  name: PRONUNCIATION_FILE,
  build: () => readFile(new URL("pronunciation/weights.safetensors", import.meta.url), "base64"),
};
