import { assert } from "#src/util/assert.ts";
import { norm } from "#src/util/math.ts";
import { gruStep, gruStepBackward, type GruReset } from "../ref/gru.ts";
import { linearCrossEntropyBackward, linearCrossEntropyForward } from "../ref/linear-cross-entropy.ts";
import { lstmStep, lstmStepBackward } from "../ref/lstm.ts";
import { rnnStep, rnnStepBackward } from "../ref/rnn.ts";
import { spectralNorm } from "../ref/spectral.ts";
import type { CharModel } from "./char-model.ts";

type Floats = Float64Array;
/** h, and c of an LSTM, [H] each. */
type State = Record<string, Floats>;

/** One step of one row: what it gave, and the way back. */
interface Step {
  state: State;
  /** [H] each: i f g o c h, or r z n h, or h */
  values: Record<string, Floats>;
  backward(dstate: State): { dx: Floats; dPrev: State };
}

type Walk = (x: Floats, prev: State) => Step;

/** What a model's units did while it read: each quantity [T,H], row-major. */
export interface GateValues {
  timesteps: number;
  hiddenSize: number;
  /** i f g o c h of an LSTM, r z n h of a GRU, h of a vanilla RNN, in this order */
  values: Record<string, Float64Array>;
}

/**
 * Every gate, candidate and state of a model for every token that it reads, from a state of zeros.
 *
 * In double precision from the model's weights as they are; the model and its training are left alone.
 *
 * @throws Error when a token is not in the vocabulary or there is none
 */
export function gates(model: CharModel, tokens: ArrayLike<number>): GateValues {
  const steps = walk(model, tokens);
  const { hiddenSize: H } = model;
  const values = Object.keys(steps[0]!.values).map((name) => {
    const all = new Float64Array(steps.length * H);
    steps.forEach((step, t) => all.set(step.values[name]!, t * H));
    return [name, all] as const;
  });
  return { timesteps: steps.length, hiddenSize: H, values: Object.fromEntries(values) };
}

/**
 * The Jacobian of a state with respect to an earlier one, [H,H] with a row for each unit of the later, and its spectral norm:
 * ∂h_to/∂h_from, or ∂c_to/∂c_from of an LSTM with of: "c". Steps count from 1, and 0 is the state before the first; an
 * LSTM's other state counts as given at `from` and follows from there.
 *
 * @throws Error when the steps are not 0 ≤ from < to ≤ T, or the model has no c
 */
export function jacobian(
  model: CharModel,
  tokens: ArrayLike<number>,
  { from, to, of = "h" }: { from: number; to: number; of?: "h" | "c" },
): { matrix: Float64Array; norm: number } {
  const steps = walk(model, tokens);
  const isSpan =
    Number.isInteger(from) && Number.isInteger(to) && from >= 0 && from < to && to <= steps.length;
  assert(isSpan, `jacobian: expected steps 0 ≤ from < to ≤ ${steps.length}, got from ${from} to ${to}`);
  assert(of in steps[0]!.state, `jacobian: a ${model.kind} has no ${of}`);
  const { hiddenSize: H } = model;
  const matrix = new Float64Array(H * H);
  for (let unit = 0; unit < H; unit++) {
    let d: State = zerosLike(steps[0]!.state);
    d[of]![unit] = 1;
    for (let t = to; t > from; t--) d = steps[t - 1]!.backward(d).dPrev;
    matrix.set(d[of]!, unit * H);
  }
  return { matrix, norm: spectralNorm(matrix) };
}

/**
 * ‖∂loss_at/∂x_t‖ for every token up to `at` (counted from 1), x one-hot: how much the surprise at the next token would change
 * if a token read earlier were a little different.
 *
 * @param tokens the text with one token more than `at`: the last is the one to be said
 * @throws Error when there is no token after `at`
 */
export function saliency(model: CharModel, tokens: ArrayLike<number>, { at }: { at: number }): Float64Array {
  const isInside = Number.isInteger(at) && at >= 1 && at < tokens.length;
  assert(isInside, `saliency: expected a step of 1 … ${tokens.length - 1}, got ${at}`);
  const steps = walk(model, Array.from(tokens).slice(0, at));
  const params = { Wy: doubles(model.params.Wy), by: doubles(model.params.by) };
  const h = steps.at(-1)!.state["h"]!;
  const head = linearCrossEntropyForward(h, params, Int32Array.of(tokens[at]!));
  let d: State = { ...zerosLike(steps[0]!.state), h: linearCrossEntropyBackward(head).dh };
  const found = new Float64Array(at);
  for (let t = at; t >= 1; t--) {
    const { dx, dPrev } = steps[t - 1]!.backward(d);
    found[t - 1] = norm(dx);
    d = dPrev;
  }
  return found;
}

function walk(model: CharModel, tokens: ArrayLike<number>): Step[] {
  const { vocabSize: V, hiddenSize: H, kind } = model;
  assert(tokens.length > 0, "probes: expected at least one token, got none");
  const step = walkerOf(model);
  let prev: State =
    kind === "lstm" ? { h: new Float64Array(H), c: new Float64Array(H) } : { h: new Float64Array(H) };
  return Array.from(tokens, (token) => {
    assert(token >= 0 && token < V, `probes: expected tokens of 0 … ${V - 1}, got ${token}`);
    const x = new Float64Array(V);
    x[token] = 1;
    const done = step(x, prev);
    prev = done.state;
    return done;
  });
}

const doubles = (variable: { dataSync(): ArrayLike<number> }): Floats =>
  Float64Array.from(variable.dataSync());
const zerosLike = (state: State): State =>
  Object.fromEntries(Object.entries(state).map(([name, values]) => [name, new Float64Array(values.length)]));

function walkerOf({ kind, params, activation, hiddenSize: H }: CharModel): Walk {
  const weights = { Wx: doubles(params.Wx), Wh: doubles(params.Wh), b: doubles(params.b) };
  if (kind === "rnn")
    return (x, { h: hPrev }) => {
      const h = rnnStep(x, hPrev!, weights, activation);
      return {
        ...{ state: { h }, values: { h } },
        backward(d) {
          const { dx, dhPrev } = rnnStepBackward(d["h"]!, { x, hPrev: hPrev!, h }, weights, activation);
          return { dx, dPrev: { h: dhPrev } };
        },
      };
    };
  if (kind === "lstm") return (x, prev) => lstmWalk({ x, hPrev: prev["h"]!, cPrev: prev["c"]! }, weights, H);
  const all = { ...weights, ...(params.bhn && { bhn: doubles(params.bhn) }) };
  const reset: GruReset = kind === "gru-after" ? "after" : "before";
  return (x, { h: hPrev }) => {
    const step = gruStep({ x, hPrev: hPrev! }, all, reset);
    const { r, z, n, h } = step;
    return {
      ...{ state: { h }, values: { r, z, n, h } },
      backward(d) {
        const { dx, dhPrev } = gruStepBackward(d["h"]!, { x, hPrev: hPrev!, ...step }, all, reset);
        return { dx, dPrev: { h: dhPrev } };
      },
    };
  };
}

function lstmWalk(
  input: { x: Floats; hPrev: Floats; cPrev: Floats },
  weights: { Wx: Floats; Wh: Floats; b: Floats },
  H: number,
): Step {
  const step = lstmStep(input, weights);
  const { h, c, gates: all } = step;
  const [i, f, g, o] = [0, 1, 2, 3].map((k) => all.slice(k * H, (k + 1) * H)) as [
    Floats,
    Floats,
    Floats,
    Floats,
  ];
  return {
    ...{ state: { h, c }, values: { i, f, g, o, c, h } },
    backward(d) {
      const found = lstmStepBackward({ dh: d["h"]!, dc: d["c"]! }, { ...input, ...step }, weights);
      return { dx: found.dx, dPrev: { h: found.dhPrev, c: found.dcPrev } };
    },
  };
}
