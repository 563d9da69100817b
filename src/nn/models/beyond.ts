import { assert, assertCount } from "#src/util/assert.ts";
import type { Parameters } from "../kernels/parts/part.ts";
import { convolutionBackward, convolutionForward, type ConvolutionRun } from "../ref/temporal-convolution.ts";
import {
  transformerBackward,
  transformerForward,
  type TransformerParams,
  type TransformerRun,
} from "../ref/transformer-block.ts";
import { feedForward, type FeedForwardModel, type Layer, type TokenModelOptions } from "./feed-forward.ts";

export interface ConvolutionModelOptions extends TokenModelOptions {
  /** how many convolutions, each with twice the dilation of the one before */
  layers: number;
  /** taps of each, default 2 */
  kernelSize?: number;
}

export interface TransformerModelOptions extends TokenModelOptions {
  /** longest sequence: there is a position for each step */
  timesteps: number;
  /** default 2 */
  heads?: number;
  /** M of the feed-forward part, default 2 · width */
  feedForward?: number;
}

/**
 * Dilated causal convolutions over time with a shortcut around each: x + relu(convolution(x)), dilations 1, 2, 4 …; it sees
 * 1 + (kernelSize − 1)(2^layers − 1) steps. In plain TypeScript.
 *
 * Source: Bai, Kolter & Koltun 2018.
 */
export function temporalConvolution(options: ConvolutionModelOptions): FeedForwardModel {
  const { width: D, layers, kernelSize = 2 } = options;
  for (const [name, value] of Object.entries({ width: D, layers, kernelSize }))
    assertCount("temporalConvolution", name, value);
  const shapes: Record<string, number[]> = {};
  for (let k = 1; k <= layers; k++) Object.assign(shapes, { [`W${k}`]: [kernelSize, D, D], [`b${k}`]: [D] });
  return feedForward("temporalConvolution", options, {
    shapes,
    layers: (parameters) =>
      Array.from({ length: layers }, (_, k) => convolutionLayer(parameters, { k: k + 1, kernelSize })),
  });
}

function convolutionLayer(
  parameters: Parameters,
  { k, kernelSize }: { k: number; kernelSize: number },
): Layer {
  let run: ConvolutionRun<Float32Array>;
  return {
    forward(x, size) {
      const params = { W: parameters.read(`W${k}`).slice(), b: parameters.read(`b${k}`).slice() };
      run = convolutionForward({ x, ...size }, params, { kernelSize, dilation: 2 ** (k - 1) });
      return x.map((value, n) => value + Math.max(0, run.y[n]!));
    },
    backward(dy) {
      const dpre = dy.map((d, n) => (run.y[n]! > 0 ? d : 0));
      const { dx, dW, db } = convolutionBackward(run, dpre);
      parameters.gradient(`W${k}`).set(dW);
      parameters.gradient(`b${k}`).set(db);
      return dx.map((d, n) => d + dy[n]!);
    },
    kept: () => run,
  };
}

const BLOCK = [
  "gamma1",
  "beta1",
  "Wqkv",
  "bqkv",
  "Wo",
  "bo",
  "gamma2",
  "beta2",
  "W1",
  "b1",
  "W2",
  "b2",
] as const;

/**
 * One Transformer block with learnt positions: every step looks at itself and all earlier ones at once. In plain TypeScript.
 *
 * Source: Vaswani et al. 2017, with the norm before each part.
 */
export function transformer(options: TransformerModelOptions): FeedForwardModel {
  const { width: D, timesteps: T, heads = 2, feedForward: M = 2 * options.width } = options;
  for (const [name, value] of Object.entries({ width: D, timesteps: T, heads, feedForward: M }))
    assertCount("transformer", name, value);
  assert(D % heads === 0, `transformer: expected heads that divide width ${D}, got ${heads}`);
  const shapes: Record<string, number[]> = {
    ...{ P: [T, D], gamma1: [D], beta1: [D], Wqkv: [D, 3 * D], bqkv: [3 * D], Wo: [D, D], bo: [D] },
    ...{ gamma2: [D], beta2: [D], W1: [D, M], b1: [M], W2: [M, D], b2: [D] },
  };
  return feedForward("transformer", options, {
    shapes,
    most: T,
    layers: (parameters) => [positionLayer(parameters, D), blockLayer(parameters, heads)],
  });
}

function positionLayer(parameters: Parameters, D: number): Layer {
  let steps = 0;
  return {
    forward(x, { timesteps: T }) {
      steps = T;
      const P = parameters.read("P");
      return x.map((value, n) => value + P[n % (T * D)]!);
    },
    backward(dy) {
      const dP = parameters.gradient("P").fill(0);
      dy.forEach((d, n) => (dP[n % (steps * D)]! += d));
      return dy;
    },
    kept: () => undefined,
  };
}

function blockLayer(parameters: Parameters, heads: number): Layer {
  let run: TransformerRun<Float32Array>;
  return {
    forward(x, size) {
      const params = BLOCK.map((name) => [name, parameters.read(name).slice()]);
      run = transformerForward(
        { x, ...size },
        Object.fromEntries(params) as TransformerParams<Float32Array>,
        { heads },
      );
      return run.y;
    },
    backward(dy) {
      const found = transformerBackward(run, dy);
      for (const name of BLOCK) parameters.gradient(name).set(found[`d${name}`]);
      return found.dx;
    },
    kept: () => run,
  };
}
