import { describe, expect, it } from "vitest";
import { createRng } from "#src/util/rng.ts";
import { create } from "./embeddings.ts";

describe("embeddings", () => {
  const { embeddings } = create();
  const lines = Array.from({ length: 300 }, (_, n) => {
    const rng = createRng(n);
    return Array.from({ length: 10 }, () => `${n % 2 ? "sea" : "land"}${rng.integer(5)}`);
  });
  const text = lines.map((line) => line.join(" ")).join("\n");
  const through = async (training: AsyncIterable<unknown>) => {
    const steps = training[Symbol.asyncIterator]();
    while (!(await steps.next()).done);
  };

  it("does a text train into vectors whose neighbours are of one subject, the same ones every time?", async () => {
    const train = async () => {
      const training = embeddings.skipGram(text, { dimension: 10, subsample: 0, rng: createRng(2) });
      await through(training);
      return training.vectors;
    };
    const vectors = await train();
    expect(embeddings.neighbours(vectors, "sea1", { n: 4 }).every(({ word }) => word.startsWith("sea"))).toBe(
      true,
    );
    expect((await train()).data).toEqual(vectors.data);
  });

  it("can two trainings run side by side without mixing?", async () => {
    const make = (seed: number) =>
      embeddings.cbow(text, { dimension: 8, rng: createRng(seed), yieldEvery: 500 });
    const alone = make(1);
    await through(alone);
    const [one, other] = [make(1), make(2)];
    await Promise.all([through(one), through(other)]);
    expect(one.vectors.data).toEqual(alone.vectors.data);
    expect(other.vectors.data).not.toEqual(alone.vectors.data);
  });

  it("does GloVe run on counts, and may a training not be gone through twice at once?", async () => {
    const counts = embeddings.coOccurrences(embeddings.corpus(text), { window: 3 });
    const training = embeddings.glove(counts, { dimension: 6, epochs: 5, yieldEvery: 10 });
    const steps = training[Symbol.asyncIterator]();
    await steps.next();
    await expect(through(training)).rejects.toThrow("this training is running already");
    await steps.return?.();
    expect(training.vectors.of("land0")).toHaveLength(6);
  });
});
