import * as tf from "@tensorflow/tfjs-core";
import { assertMatches, loadWeights, saveWeights, type SaveOptions } from "../weights-file.ts";

/** A model whose weights are variables by name. */
export interface WithWeights {
  readonly params: Readonly<Record<string, tf.Variable>>;
}

/** The weights of a model as one safetensors file, which PyTorch, NumPy and JAX can read too. */
export function saveModel(
  model: WithWeights,
  metadata: Record<string, string> = {},
  options: SaveOptions = {},
): Uint8Array<ArrayBuffer> {
  const tensors = Object.entries(model.params).map(([name, variable]) => {
    return [name, { shape: variable.shape, data: variable.dataSync<"float32">().slice() }] as const;
  });
  return saveWeights(Object.fromEntries(tensors), metadata, options);
}

/**
 * Gives a model the weights of a safetensors file: its bytes, or its text in base64. All of the file is checked first: after an
 * error the model is as it was.
 *
 * @returns the file's metadata
 * @throws Error that says what is wrong with the file, or which tensor does not fit this model
 */
export function loadModel(
  model: WithWeights,
  file: ArrayBuffer | Uint8Array | string,
): Record<string, string> {
  const loaded = loadWeights(typeof file === "string" ? fromBase64(file) : file);
  const shapes = Object.entries(model.params).map(([name, variable]) => [name, variable.shape] as const);
  assertMatches(Object.fromEntries(shapes), loaded, "F32");
  const bad = Object.entries(loaded.tensors).find(([, { data }]) => !data.every(Number.isFinite));
  if (bad) throw new Error(`weights file: ${bad[0]} has entries that are no numbers`);
  for (const [name, variable] of Object.entries(model.params))
    tf.tidy(() => variable.assign(tf.tensor(loaded.tensors[name]!.data as Float32Array, variable.shape)));
  return loaded.metadata;
}

function fromBase64(text: string): Uint8Array {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    throw new Error("weights file: it is neither bytes nor base64");
  }
}
