import { describe, expect, it } from "vitest";
import { createRng } from "#src/util/rng.ts";
import {
  cellOf,
  QUESTION_KINDS,
  SCENE_WORDS,
  type SceneObject,
  type SceneQuestion,
} from "./scene-language.ts";
import { PATCH_SIZE, type Scene, SCENE_CELL, SCENE_SIDE, scenePatches, shapeScenes } from "./scenes.ts";

const scenes = shapeScenes({ count: 600, rng: createRng(1) });

/** The answer from the objects alone, by reading the question's words. */
function answerTo({ words }: SceneQuestion, objects: readonly SceneObject[]): string {
  const text = words.join(" ");
  const only = (wanted: Partial<SceneObject>): SceneObject => {
    const found = objects.filter((object) =>
      Object.entries(wanted).every(([key, value]) => object[key as keyof SceneObject] === value),
    );
    expect(found, text).toHaveLength(1);
    return found[0]!;
  };
  const shapeAt = (k: number) => only({ shape: words[k] as SceneObject["shape"] });
  const yes = (is: boolean) => (is ? "yes" : "no");
  if (text.startsWith("what colour")) return shapeAt(4).colour;
  if (text.startsWith("what shape")) return only({ colour: words[3] as SceneObject["colour"] }).shape;
  if (text.startsWith("how many")) return ["one", "two", "three"][objects.length - 1]!;
  if (text.startsWith("is there"))
    return yes(objects.some(({ colour, shape }) => colour === words[3] && shape === words[4]));
  if (text.includes("above")) return yes(shapeAt(2).row < shapeAt(5).row);
  return yes(shapeAt(2).column < 2);
}

/** How many pixels of a cell are not paper. */
function inkOf({ pixels }: Scene, cell: number): number {
  let ink = 0;
  for (let y = 0; y < SCENE_CELL; y++)
    for (let x = 0; x < SCENE_CELL; x++) {
      const at = ((Math.floor(cell / 4) * SCENE_CELL + y) * SCENE_SIDE + (cell % 4) * SCENE_CELL + x) * 3;
      if (Math.min(...pixels.slice(at, at + 3)) < 0.6) ink++;
    }
  return ink;
}

describe("shapeScenes", () => {
  it("is each shape drawn in its cell, and nothing anywhere else?", () => {
    const sizes = { circle: 21, square: 25, triangle: 13, cross: 9 };
    for (const scene of scenes)
      for (let cell = 0; cell < 16; cell++) {
        const object = scene.objects.find((each) => cellOf(each) === cell);
        expect(inkOf(scene, cell)).toBe(object ? sizes[object.shape] : 0);
      }
  });

  it("does each answer follow from the objects, and does every kind of question and answer occur?", () => {
    const answers = new Map<string, Set<string>>();
    for (const { objects, questions } of scenes)
      for (const question of questions) {
        expect(question.answer, question.words.join(" ")).toBe(answerTo(question, objects));
        answers.set(question.kind, (answers.get(question.kind) ?? new Set()).add(question.answer));
      }
    expect([...answers.keys()].sort()).toEqual([...QUESTION_KINDS].sort());
    for (const kind of ["exists", "side", "order"]) expect(answers.get(kind)).toEqual(new Set(["yes", "no"]));
    for (const kind of ["colour", "shape"]) expect(answers.get(kind)!.size).toBe(4);
  });

  it("are yes and no about equally frequent, so that a guess is worth a half?", () => {
    for (const kind of ["exists", "side", "order"]) {
      const found = scenes.flatMap(({ questions }) => questions.filter((question) => question.kind === kind));
      const yes = found.filter(({ answer }) => answer === "yes").length / found.length;
      expect(Math.abs(yes - 0.5), kind).toBeLessThan(0.1);
    }
  });

  it("does a caption name each shape once, with its cells, in words that are all known?", () => {
    for (const { objects, caption, questions } of scenes) {
      const text = caption.words.join(" ");
      for (const object of objects) {
        expect(text).toContain(`a ${object.colour} ${object.shape}`);
        const at = caption.words.findIndex(
          (word, k) => word === object.shape && caption.words[k - 1] === object.colour,
        );
        expect(caption.alignment.slice(at - 2, at + 1)).toEqual(Array(3).fill([cellOf(object)]));
      }
      expect(caption.words.filter((word) => word === "a")).toHaveLength(objects.length);
      expect(caption.alignment).toHaveLength(caption.words.length);
      const words = [
        ...caption.words,
        ...questions.flatMap((question) => [...question.words, question.answer]),
      ];
      expect(words.filter((word) => !SCENE_WORDS.includes(word))).toEqual([]);
    }
    const said = new Set(scenes.flatMap(({ caption }) => caption.words));
    expect(["left", "above", "and"].every((word) => said.has(word))).toBe(true);
    expect([...SCENE_WORDS].sort()).toEqual([...new Set(SCENE_WORDS)].sort());
  });

  it("is the first of two named shapes truly to the left or above?", () => {
    const pairs = scenes.filter(({ objects }) => objects.length === 2);
    for (const { objects, caption } of pairs) {
      const first = objects.find(
        ({ colour, shape }) => colour === caption.words[1] && shape === caption.words[2],
      )!;
      const second = objects.find((object) => object !== first)!;
      if (caption.words.includes("above")) expect(first.row).toBeLessThan(second.row);
      else expect(first.column).toBeLessThan(second.column);
    }
  });

  it("does the same seed give the same scenes, and a wrong option a clear message?", () => {
    expect(shapeScenes({ count: 3, rng: createRng(1) })).toEqual(scenes.slice(0, 3));
    expect(() => shapeScenes({ count: 0, rng: createRng(1) })).toThrow(
      "shapeScenes: count must be a whole number",
    );
    expect(() => shapeScenes({ count: 1, rng: createRng(1), noise: 2 })).toThrow(
      "shapeScenes: noise must be between 0 and 1, got 2",
    );
  });
});

describe("scenePatches", () => {
  it("has each cell its own pixels and its place?", () => {
    const [{ pixels }] = scenes as [Scene];
    const patches = scenePatches(pixels);
    expect(patches).toHaveLength(16 * PATCH_SIZE);
    const cell = 6; // row 1, column 2
    const patch = patches.subarray(cell * PATCH_SIZE, (cell + 1) * PATCH_SIZE);
    const at = ((1 * SCENE_CELL + 4) * SCENE_SIDE + 2 * SCENE_CELL + 3) * 3 + 1; // its row 4, column 3, green
    expect(patch[(4 * SCENE_CELL + 3) * 3 + 1]).toBeCloseTo(1 - pixels[at]!, 6);
    expect([...patch.slice(-2)].map((place) => Number(place.toFixed(4)))).toEqual([-0.3333, 0.3333]);
    expect(() => scenePatches([1, 2])).toThrow("scenePatches: expected 1728 numbers (24 × 24 × 3), got 2");
  });
});
