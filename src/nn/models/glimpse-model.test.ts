import "@tensorflow/tfjs-backend-cpu";
import { describe, expect, it } from "vitest";
import { createRng } from "#src/util/rng.ts";
import { GlimpseModel } from "./glimpse-model.ts";
import { GLIMPSE_SIZE, Retina } from "./retina.ts";

const SIDE = 16;
const images = (() => {
  const rng = createRng(1);
  return Float32Array.from({ length: 6 * SIDE * SIDE }, () => rng.uniform());
})();
const labels = Int32Array.of(0, 1, 2, 0, 1, 2);
const sizes = { images, labels, side: SIDE, classes: 3, looks: 4, hiddenSize: 8 };
const make = () => new GlimpseModel(undefined, { ...sizes, rng: createRng(2) });

describe("Retina", () => {
  it("is a glimpse the sharp middle, the blurred surroundings and the place?", () => {
    const retina = new Retina(SIDE);
    expect(retina.places).toBe(9);
    const image = images.subarray(0, SIDE * SIDE);
    const place = 5; // row 1, column 2: centre at 8, 12
    expect(retina.window(place)).toEqual({ top: 5, left: 9, height: 6, width: 6 });
    const out = new Float32Array(GLIMPSE_SIZE + 2).fill(-7);
    retina.look(image, place, { out, at: 1 });
    expect([out[0], out.at(-1)]).toEqual([-7, -7]);
    expect(out[1 + 2 * 6 + 3]).toBe(image[(5 + 2) * SIDE + 9 + 3]);
    // the block on the right of the middle one: rows 6 … 9, columns 14 … 17, of which two are beyond the edge
    let sum = 0;
    for (let y = 6; y < 10; y++) for (let x = 14; x < 16; x++) sum += image[y * SIDE + x]!;
    expect(out[1 + 36 + 5]).toBeCloseTo(sum / 16, 6);
    expect([...out.slice(1 + 45, 1 + 47)]).toEqual([0, 0.5]);
  });

  it("does a shift move the pixels and not the place?", () => {
    const retina = new Retina(SIDE);
    const image = images.subarray(0, SIDE * SIDE);
    const [still, moved] = [new Float32Array(GLIMPSE_SIZE), new Float32Array(GLIMPSE_SIZE)];
    retina.look(image, 4, { out: still, at: 0 });
    retina.look(image, 4, { out: moved, at: 0, shift: [1, -1] });
    expect(moved[0 * 6 + 1]).toBe(still[1 * 6 + 0]);
    expect([...moved.slice(-2)]).toEqual([...still.slice(-2)]);
  });
});

describe("GlimpseModel", () => {
  it("do paths start in the middle and never go to a place twice?", () => {
    const model = make();
    for (const how of ["learnt", "random", "fixed"] as const) {
      const paths = model.paths([0, 1, 2, 3, 4, 5], how, createRng(3));
      for (const path of paths) {
        expect(path).toHaveLength(4);
        expect(path[0]).toBe(4);
        expect(new Set(path).size).toBe(4);
        expect(path.every((place) => place >= 0 && place < model.places)).toBe(true);
      }
    }
    expect(model.paths([0, 1], "random", createRng(3))).toEqual(model.paths([0, 1], "random", createRng(3)));
    model.dispose();
  });

  it("is what the eye shall learn the place after which the truth is likeliest, as trying each one shows?", () => {
    const model = make();
    const which = [0, 1, 2, 3];
    const { targets, timesteps, batchSize } = model.eyeBatch(which, createRng(4));
    expect([batchSize, timesteps]).toEqual([4, 3]);
    which.forEach((n, b) => {
      const others = Array.from({ length: 9 }, (_, place) => place).filter((place) => place !== 4);
      const gain = others.map((place) => model.probs([n], [[4, place]])[0]![1]![labels[n]!]!);
      expect(targets[b * 3]).toBe(others[gain.indexOf(Math.max(...gain))]);
    });
    model.dispose();
  });

  it("has a batch of the reader the true label at each glimpse, and are probabilities whole?", () => {
    const model = make();
    const batch = model.readerBatch([0, 1, 2, 5], createRng(5), 0.5);
    expect(batch.inputs).toHaveLength(4 * 4 * GLIMPSE_SIZE);
    expect([...batch.targets]).toEqual([0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2]);
    expect(Number.isFinite(model.reader.evaluate(batch).loss)).toBe(true);
    const probs = model.probs([0, 1], model.paths([0, 1], "fixed"));
    for (const row of probs.flat()) expect(row.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 5);
    model.dispose();
  });

  it("does it say what does not fit?", () => {
    const rng = createRng(1);
    const bad = (options: object) => () => new GlimpseModel(undefined, { ...sizes, rng, ...options });
    expect(bad({ images: images.slice(1) })).toThrow("expected 1536 pixels (6 labels × 16 × 16), got 1535");
    expect(bad({ classes: 2 })).toThrow("expected labels of 0 … 1, got 2 at 2");
    expect(bad({ looks: 10 })).toThrow("there are 9 places, got 10 looks");
    expect(bad({ rng: undefined })).toThrow("an rng is needed");
    expect(() => make().paths([0], "random")).toThrow("random paths need an rng");
  });
});
