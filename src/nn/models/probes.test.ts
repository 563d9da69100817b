import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import { beforeAll, describe, expect, it } from "vitest";
import { createRng } from "#src/util/rng.ts";
import { simd } from "../kernels/built/simd.ts";
import { createKernels } from "../kernels/module.ts";
import { fit } from "../train/fit.ts";
import { charModels } from "./char-rnn.ts";
import { gates, jacobian, saliency } from "./probes.ts";

const { charRnn, charLstm, charGru } = charModels(createKernels(simd));
const sizes = () => ({ vocabSize: 5, hiddenSize: 4, rng: createRng(3) });
const MODELS = [
  ["charRnn", () => charRnn(sizes()), ["h"]],
  ["charLstm", () => charLstm(sizes()), ["i", "f", "g", "o", "c", "h"]],
  ["charGru", () => charGru(sizes()), ["r", "z", "n", "h"]],
  ["charGru with reset after", () => charGru({ ...sizes(), reset: "after" }), ["r", "z", "n", "h"]],
] as const;
const tokens = [0, 3, 1, 4, 2, 2, 0];

describe.each(MODELS)("probes of %s", (_, make, names) => {
  beforeAll(async () => void (await tf.setBackend("cpu")));

  it("are the states the model's own, and gates between 0 and 1?", () => {
    const model = make();
    const { values, timesteps, hiddenSize: H } = gates(model, tokens);
    expect(Object.keys(values)).toEqual(names);
    expect([timesteps, values["h"]!.length]).toEqual([7, 28]);
    let state = model.initialState(1);
    tokens.forEach((token, t) => {
      state = model.step(Int32Array.of(token), state).state;
      for (const name of Object.keys(state))
        state[name]!.forEach((u, k) => expect(values[name]![t * H + k]).toBeCloseTo(u, 5));
    });
    for (const name of ["i", "f", "o", "r", "z"])
      expect((values[name] ?? []).every((u) => u > 0 && u < 1)).toBe(true);
  });

  it("is the Jacobian what the states do when an earlier one moves a little?", () => {
    const model = make();
    const { matrix, norm } = jacobian(model, tokens, { from: 2, to: 5 });
    const H = 4;
    // the state after two steps, and three more from there
    const start = () => {
      let state = model.initialState(1);
      for (const token of tokens.slice(0, 2)) state = model.step(Int32Array.of(token), state).state;
      return state;
    };
    const after = (unit: number, by: number) => {
      let state = { ...start() };
      state["h"] = state["h"]!.map((u, k) => u + (k === unit ? by : 0));
      for (const token of tokens.slice(2, 5)) state = model.step(Int32Array.of(token), state).state;
      return state["h"]!;
    };
    for (let unit = 0; unit < H; unit++) {
      const [up, down] = [after(unit, 0.01), after(unit, -0.01)];
      for (let k = 0; k < H; k++) expect(matrix[k * H + unit]).toBeCloseTo((up[k]! - down[k]!) / 0.02, 3);
    }
    const frobenius = Math.sqrt(matrix.reduce((sum, u) => sum + u * u, 0));
    expect(norm).toBeLessThanOrEqual(frobenius + 1e-9);
    expect(norm).toBeGreaterThan(frobenius / Math.sqrt(H) - 1e-9);
  });

  it("does the saliency fall on the tokens that were read, and say what is wrong with a step?", () => {
    const model = make();
    const found = saliency(model, tokens, { at: 4 });
    expect(found).toHaveLength(4);
    expect(found.every((u) => u > 0)).toBe(true);
    expect(() => saliency(model, tokens, { at: 7 })).toThrow("saliency: expected a step of 1 … 6, got 7");
    expect(() => jacobian(model, tokens, { from: 3, to: 3 })).toThrow(
      "jacobian: expected steps 0 ≤ from < to ≤ 7",
    );
    expect(() => gates(model, [9])).toThrow("probes: expected tokens of 0 … 4, got 9");
    expect(() => gates(model, [])).toThrow("probes: expected at least one token");
  });

  it("does a probe leave the training as it was?", async () => {
    const ids = Int32Array.from(tokens);
    const batch = { batchSize: 1, timesteps: 6, inputs: ids.slice(0, 6), targets: ids.slice(1) };
    const run = async (isProbed: boolean) => {
      const model = make();
      const losses: number[] = [];
      for await (const { loss } of fit(model, [batch], { iterations: 6 })) {
        losses.push(loss);
        if (isProbed) jacobian(model, tokens, { from: 0, to: gates(model, tokens).timesteps });
      }
      return losses;
    };
    expect(await run(true)).toEqual(await run(false));
  });
});

describe("jacobian", () => {
  it("is an LSTM's c carried by the product of its forget gates, when nothing reads h?", () => {
    const model = charLstm(sizes());
    tf.tidy(() => model.params.Wh.assign(tf.zerosLike(model.params.Wh)));
    const { values } = gates(model, tokens);
    const { matrix } = jacobian(model, tokens, { from: 1, to: 6, of: "c" });
    for (let unit = 0; unit < 4; unit++) {
      const product = [1, 2, 3, 4, 5].reduce((all, t) => all * values["f"]![t * 4 + unit]!, 1);
      expect(matrix[unit * 4 + unit]).toBeCloseTo(product, 10);
    }
    expect(() => jacobian(charRnn(sizes()), tokens, { from: 0, to: 1, of: "c" })).toThrow(
      "jacobian: a rnn has no c",
    );
  });
});
