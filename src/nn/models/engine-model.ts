import * as tf from "@tensorflow/tfjs-core";
import type { FusedUpdate, ModelState, UpdateSettings } from "../model.ts";
import type { FirstWeight } from "./first-weights.ts";

/** What computes behind a model: its own copy of the weights, their gradients, and an optimiser. */
export interface Engine {
  readonly names: readonly string[];
  weight(name: string): Float32Array;
  gradient(name: string): Float32Array;
  update(settings: UpdateSettings): number;
  restart(): void;
}

/** First weights as variables, which the reader sees. */
export function variablesOf(first: Record<string, FirstWeight>): Record<string, tf.Variable> {
  const made = Object.entries(first).map(([name, { shape, values }]) => {
    return [name, tf.tidy(() => tf.variable(tf.tensor(values, shape)))] as const;
  });
  return Object.fromEntries(made);
}

/**
 * The variables are what the reader sees; the engine computes with its own copy. This keeps them one: before the engine works
 * it takes variables that were assigned, and after it trained they are assigned.
 */
export class SharedWeights {
  readonly variables: Record<string, tf.Variable>;
  readonly #engine: Engine;
  readonly #seen = new Map<string, object>();

  constructor(engine: Engine, variables: Record<string, tf.Variable>) {
    this.#engine = engine;
    this.variables = variables;
  }

  load(): void {
    for (const [name, variable] of Object.entries(this.variables)) {
      if (this.#seen.get(name) === variable.dataId) continue;
      this.#engine.weight(name).set(variable.dataSync<"float32">());
      this.#seen.set(name, variable.dataId);
    }
  }

  store(): void {
    for (const [name, variable] of Object.entries(this.variables)) {
      tf.tidy(() => variable.assign(tf.tensor(this.#engine.weight(name).slice(), variable.shape)));
      this.#seen.set(name, variable.dataId);
    }
  }
}

/** Training on the engine alone, from what computes a batch's gradients. */
export function fusedUpdate<B>(
  engine: Engine,
  weights: SharedWeights,
  gradients: FusedUpdate<B>["gradients"],
): FusedUpdate<B> {
  let lastOptimizer: object | undefined;
  return {
    start(optimizer) {
      if (optimizer !== lastOptimizer) engine.restart();
      lastOptimizer = optimizer;
    },
    gradients(batch: B, state?: ModelState, norms?: Float32Array) {
      weights.load();
      return gradients(batch, state, norms);
    },
    update: (settings) => engine.update(settings),
    store: () => weights.store(),
  };
}

/** The engine's loss as an operation of TensorFlow.js, with the gradients that come with it. */
export function tensorLoss(
  engine: Engine,
  variables: Record<string, tf.Variable>,
  compute: () => number,
): tf.Scalar {
  const { names } = engine;
  const op = tf.customGrad(() => {
    const value = tf.scalar(compute());
    // now, since the next batch overwrites them
    const found = names.map((name) => engine.gradient(name).slice());
    const gradFunc = (dloss: tf.Tensor) =>
      names.map((name, k) => tf.mul(dloss, tf.tensor(found[k], variables[name].shape)));
    return { value, gradFunc };
  });
  return op(...names.map((name) => variables[name])) as tf.Scalar;
}
