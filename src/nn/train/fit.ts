import * as tf from "@tensorflow/tfjs-core";
import { assert, assertCount } from "#src/util/assert.ts";
import { norm } from "#src/util/math.ts";
import type { Batch, FusedUpdate, ModelState } from "../model.ts";
import { optimizerState, updateWeights } from "../ref/optimisers.ts";
import { adam, type Optimizer, settingsAt } from "./optimizers.ts";
import { clipByNorm, clipByValue } from "./clip.ts";
import { createBreather } from "./breathe.ts";

/** What `fit` can train: variables, and a loss. `forward` is needed for carryState and probe only. */
export interface Trainable<B> {
  params: Record<string, tf.Variable>;
  /** the loss of one batch, a scalar tensor */
  loss(batch: B): tf.Scalar;
  forward?(
    batch: B,
    options: { state?: ModelState; norms?: Float32Array },
  ): { loss: tf.Scalar; state: ModelState };
  /** trains without tensors, when the optimiser is ours */
  fused?: FusedUpdate<B>;
}

/** What `fit` itself looks at in a batch. */
export type FitBatch = Partial<Pick<Batch, "timesteps" | "isStart">>;

export interface FitOptions {
  /** how many batches to train on, each one update of the weights */
  iterations: number;
  /** default nn.adam(0.01); nn's are fused in the models' engine; or one of tf.train; give the same to a second fit to go on */
  optimizer?: Optimizer | tf.Optimizer;
  /** scales the gradient to at most this norm */
  clipNorm?: number;
  /** cuts every component of the gradient to ± this */
  clipValue?: number;
  /** starts each batch with the state that the batch before ended with, unless the batch is a start; default false */
  carryState?: boolean;
  /** "gradients": report ‖∂loss/∂h_t‖ for every step */
  probe?: "gradients";
  /** report every n iterations, default 1; the last is always reported */
  yieldEvery?: number;
}

/** What one iteration of training reports. */
export interface Progress {
  /** counts from 1 */
  iteration: number;
  /** of this iteration's batch, before its update */
  loss: number;
  /** norm of the whole gradient, before clipping */
  gradientNorm: number;
  /** ‖∂loss/∂h_t‖ [T], with probe "gradients" */
  hiddenGradientNorms?: Float32Array;
}

/** Batches that can be gone through again and again; `passes` gives them without end. */
export type BatchSource<B> = Iterable<B> & { passes?(): Iterator<B> };

/** No turn of the event loop waits longer for us than this, in milliseconds. */
const BREATHE_EVERY = 40;

/**
 * Trains a model, one batch per iteration, and reports as it goes:
 * `for await (const { iteration, loss } of nn.fit(model, batches, { iterations: 500 })) …`
 *
 * Leave the loop and the training stops; the weights stay as they are. The same seed gives the same numbers.
 *
 * @throws Error when the batches run out or the loss is not a number any more
 */
export async function* fit<B extends FitBatch>(
  model: Trainable<B>,
  batches: BatchSource<B>,
  options: FitOptions,
): AsyncGenerator<Progress, void, undefined> {
  const { iterations, carryState = false, yieldEvery = 1 } = options;
  assertOptions(model, options);
  const trainer = trainerFor(model, options);
  const breather = createBreather(BREATHE_EVERY);
  const next = endless(batches);
  let state: ModelState | undefined;
  try {
    for (let iteration = 1; iteration <= iterations; iteration++) {
      const batch = next(iteration - 1, iterations);
      const done = trainer.update(batch, iteration, batch.isStart === false ? state : undefined);
      if (carryState) state = done.state;
      const isLast = iteration === iterations || !Number.isFinite(done.loss);
      const isReported = isLast || iteration % yieldEvery === 0;
      // whoever gets a turn now may look at the weights
      if (isReported || breather.isDue()) trainer.show();
      if (isReported) yield { iteration, ...done.report };
      if (!Number.isFinite(done.loss)) throw diverged(done.loss, iteration);
      if (breather.isDue()) await breather.breathe();
    }
  } finally {
    breather.close();
    trainer.close();
  }
}

interface Done {
  loss: number;
  report: Omit<Progress, "iteration">;
  state?: ModelState;
}

interface Trainer<B> {
  /** one iteration: loss, gradients, clipping, update */
  update(batch: B, iteration: number, state?: ModelState): Done;
  /** the variables get the weights as they are now */
  show(): void;
  close(): void;
}

function trainerFor<B extends FitBatch>(model: Trainable<B>, options: FitOptions): Trainer<B> {
  const optimizer = options.optimizer ?? adam();
  if (optimizer instanceof tf.Optimizer) return tensorTrainer(model, tensorUpdate(optimizer), options);
  if (model.fused) return fusedTrainer(model.fused, optimizer, options);
  return tensorTrainer(model, plainUpdate(model.params, optimizer), options);
}

/** Applies clipped gradients, by the names that TensorFlow.js gave the variables. */
type Apply = (gradients: Map<string, Float32Array>, iteration: number) => void;

const tensorUpdate =
  (optimizer: tf.Optimizer): Apply =>
  (gradients) =>
    optimizer.applyGradients(
      [...gradients].map(([name, values]) => {
        const { shape } = tf.engine().registeredVariables[name]!;
        return { name, tensor: tf.tensor(values, shape) };
      }),
    );

type States = Map<tf.Variable, ReturnType<typeof optimizerState>>;
/** what our optimisers remember of variables that are not a fused model's */
const memories = new WeakMap<Optimizer, States>();

function plainUpdate(params: Record<string, tf.Variable>, optimizer: Optimizer): Apply {
  const states: States = memories.get(optimizer) ?? new Map();
  memories.set(optimizer, states);
  const variables = new Map(Object.values(params).map((variable) => [variable.name, variable]));
  return (gradients, iteration) => {
    const settings = settingsAt(optimizer, iteration);
    for (const [name, values] of gradients) {
      const variable = variables.get(name)!;
      const w = variable.dataSync<"float32">().slice();
      if (!states.has(variable)) states.set(variable, optimizerState(settings, w));
      updateWeights(w, values, states.get(variable)!, settings);
      variable.assign(tf.tensor(w, variable.shape));
    }
  };
}

function fusedTrainer<B extends FitBatch>(
  fused: FusedUpdate<B>,
  optimizer: Optimizer,
  { clipNorm, clipValue, probe }: FitOptions,
): Trainer<B> {
  fused.start(optimizer);
  return {
    update(batch, iteration, first) {
      const norms = probe ? new Float32Array(batch.timesteps ?? 0) : undefined;
      const settings = { ...settingsAt(optimizer, iteration), clipNorm, clipValue };
      const { loss, state } = fused.gradients(batch, first, norms);
      // a loss that is no number leaves the weights as they were
      const gradientNorm = Number.isFinite(loss) ? fused.update(settings) : NaN;
      return { loss, state, report: { loss, gradientNorm, ...(norms && { hiddenGradientNorms: norms }) } };
    },
    show: () => fused.store(),
    close: () => fused.store(),
  };
}

function tensorTrainer<B extends FitBatch>(
  model: Trainable<B>,
  apply: Apply,
  options: FitOptions,
): Trainer<B> {
  return {
    update: (batch, iteration, state) => updateTensors({ model, batch, state, iteration }, apply, options),
    show: () => undefined,
    close: () => undefined,
  };
}

interface Turn<B> {
  model: Trainable<B>;
  batch: B;
  iteration: number;
  state?: ModelState;
}

/** One iteration by TensorFlow.js. Every tensor that it makes is freed. */
function updateTensors<B extends FitBatch>(
  { model, batch, state, iteration }: Turn<B>,
  apply: Apply,
  { clipNorm, clipValue, probe }: FitOptions,
): Done {
  const norms = probe ? new Float32Array(batch.timesteps ?? 0) : undefined;
  let after: ModelState | undefined;
  const lossOf = (): tf.Scalar => {
    if (!model.forward) return model.loss(batch);
    const result = model.forward(batch, { state, norms });
    after = result.state;
    return result.loss;
  };
  let loss = NaN;
  let gradientNorm = NaN;
  tf.tidy(() => {
    const { value, grads } = tf.variableGrads(lossOf, Object.values(model.params));
    const names = Object.keys(grads);
    // Copies, since two variables may share one gradient.
    const arrays = names.map((name) => grads[name].dataSync<"float32">().slice());
    gradientNorm = norm(...arrays);
    if (clipNorm !== undefined) clipByNorm(arrays, clipNorm);
    if (clipValue !== undefined) clipByValue(arrays, clipValue);
    loss = value.dataSync<"float32">()[0];
    if (Number.isFinite(loss)) apply(new Map(names.map((name, k) => [name, arrays[k]!])), iteration);
  });
  const report = { loss, gradientNorm, ...(norms && { hiddenGradientNorms: norms }) };
  return { loss, report, state: after };
}

function endless<B>(batches: BatchSource<B>): (trained: number, wanted: number) => B {
  let iterator = batches.passes?.() ?? batches[Symbol.iterator]();
  return (trained, wanted) => {
    let result = iterator.next();
    if (result.done) {
      iterator = batches[Symbol.iterator]();
      result = iterator.next();
    }
    if (!result.done) return result.value;
    throw new Error(
      `fit: the batches ran out after ${trained} of ${wanted} iterations and cannot be gone through again. ` +
        "Give an array or data.batches(…), not a generator that ends.",
    );
  };
}

function assertOptions<B>(model: Trainable<B>, options: FitOptions): void {
  const { iterations, carryState, probe, yieldEvery = 1 } = options;
  assertCount("fit", "iterations", iterations);
  assertCount("fit", "yieldEvery", yieldEvery);
  assert(
    probe === undefined || probe === "gradients",
    `fit: expected probe to be "gradients", got ${JSON.stringify(probe)}`,
  );
  const wish = carryState ? "carryState" : probe && "probe";
  assert(!wish || model.forward, `fit: ${wish} needs a model with a forward method; this one has only loss`);
}

function diverged(loss: number, iteration: number): Error {
  return new Error(
    `fit: the loss is ${loss} at iteration ${iteration}, so training stopped there with the weights as they were. ` +
      "Lower the learning rate, or set clipNorm.",
  );
}
