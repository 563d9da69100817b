import "./parts/tensorflow-platform.ts";
import * as core from "@tensorflow/tfjs-core";
import * as tfLayers from "@tensorflow/tfjs-layers";
import "@tensorflow/tfjs-core/dist/register_all_gradients";
import "@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops";
import "@tensorflow/tfjs-backend-cpu";
import type { RunHooks } from "#src/notebook/runtime/host.ts";
import { tensorOwnership } from "./parts/tensor-ownership.ts";

// The rest of the library reaches TensorFlow.js through this file, so that there is one engine.
export * from "@tensorflow/tfjs-core";

type Layers = Pick<
  typeof tfLayers,
  "sequential" | "model" | "input" | "layers" | "initializers" | "constraints" | "regularizers" | "metrics"
>;

/** TensorFlow.js 4.22: tensors, operations, gradients, optimisers and layers, on the cpu backend. */
export type TensorFlow = typeof core & Layers;

/** Tensors of a cell's run are freed when the cell runs again. */
export function hooks(): RunHooks {
  return tensorOwnership(core.engine());
}

export function create(): { tf: TensorFlow } {
  // At once, though it returns a promise: the cpu backend needs no preparation.
  void core.setBackend("cpu");
  const { sequential, model, input, layers, initializers, constraints, regularizers, metrics } = tfLayers;
  const names: Layers = {
    sequential,
    model,
    input,
    layers,
    initializers,
    constraints,
    regularizers,
    metrics,
  };
  return { tf: { ...core, ...names } };
}
