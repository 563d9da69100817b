import { assert, assertCount } from "#src/util/assert.ts";
import type { Rng } from "#src/util/rng.ts";
import { assertFraction, assertRng, between, pick } from "./draw.ts";
import {
  captionOf,
  questionsOf,
  SCENE_COLOURS,
  SCENE_GRID,
  SCENE_SHAPES,
  type SceneCaption,
  type SceneObject,
  type SceneQuestion,
} from "./scene-language.ts";

/** A cell has CELL × CELL pixels, the whole picture SIDE × SIDE, each with red, green and blue. */
export const SCENE_CELL = 6;
export const SCENE_SIDE = SCENE_GRID * SCENE_CELL;
/** Numbers of a patch: the pixels of a cell, and where the cell is. */
export const PATCH_SIZE = SCENE_CELL * SCENE_CELL * 3 + 2;

export interface Scene {
  /** in the order in which one reads */
  objects: SceneObject[];
  /** [24,24,3]: 0 … 1 */
  pixels: Float32Array;
  caption: SceneCaption;
  /** one of each kind that the scene allows */
  questions: SceneQuestion[];
}

const INK: Record<SceneObject["colour"], readonly number[]> = {
  red: [0.8, 0.16, 0.12],
  green: [0.12, 0.55, 0.25],
  blue: [0.12, 0.35, 0.8],
  yellow: [0.9, 0.7, 0.1],
};
const PAPER = 0.95;

/** 5 × 5 pixels, row by row. */
const BITMAPS: Record<SceneObject["shape"], string> = {
  circle: "0111011111111111111101110",
  square: "1111111111111111111111111",
  triangle: "0010000100011100111011111",
  cross: "0010000100111110010000100",
};
const BITMAP_SIDE = 5;

/**
 * Pictures of one to three coloured shapes on a grid of 4 × 4 cells, each with a caption and with questions that have one-word
 * answers. No two shapes of a scene agree in both colour and form. Within its cell a shape may stand one pixel further.
 *
 * @param options.noise how much darker a pixel of the ground may be, and a pixel of a shape lighter, 0 … 1, default 0.15
 */
export function shapeScenes(options: { count: number; rng: Rng; noise?: number }): Scene[] {
  const { count, rng, noise = 0.15 } = options;
  assertCount("shapeScenes", "count", count);
  assertRng("shapeScenes", rng);
  assertFraction("shapeScenes", "noise", noise);
  return Array.from({ length: count }, () => {
    const objects = drawObjects(rng);
    const pixels = drawPixels(objects, rng, noise);
    return { objects, pixels, caption: captionOf(objects), questions: questionsOf(objects, rng) };
  });
}

function drawObjects(rng: Rng): SceneObject[] {
  const wanted = between(rng, 1, 3);
  const objects: SceneObject[] = [];
  while (objects.length < wanted) {
    const object = {
      colour: pick(rng, SCENE_COLOURS),
      shape: pick(rng, SCENE_SHAPES),
      row: rng.integer(SCENE_GRID),
      column: rng.integer(SCENE_GRID),
    };
    const isNew = objects.every(
      ({ colour, shape, row, column }) =>
        (colour !== object.colour || shape !== object.shape) &&
        (row !== object.row || column !== object.column),
    );
    if (isNew) objects.push(object);
  }
  return objects.sort((a, b) => a.row - b.row || a.column - b.column);
}

function drawPixels(objects: readonly SceneObject[], rng: Rng, noise: number): Float32Array {
  const pixels = Float32Array.from({ length: SCENE_SIDE ** 2 * 3 }, () => PAPER - noise * rng.uniform());
  for (const { colour, shape, row, column } of objects) {
    const most = SCENE_CELL - BITMAP_SIDE;
    const [top, left] = [
      row * SCENE_CELL + between(rng, 0, most),
      column * SCENE_CELL + between(rng, 0, most),
    ];
    for (let k = 0; k < BITMAP_SIDE ** 2; k++) {
      if (BITMAPS[shape][k] !== "1") continue;
      const at = ((top + Math.floor(k / BITMAP_SIDE)) * SCENE_SIDE + left + (k % BITMAP_SIDE)) * 3;
      INK[colour].forEach((ink, channel) => {
        pixels[at + channel] = Math.min(1, ink + noise * rng.uniform());
      });
    }
  }
  return pixels;
}

/**
 * A picture as the vectors that a captioning model reads, [16,110]: for each cell, row by row, its 6 × 6 × 3 pixels as their
 * distance from white, then its row and column, −1 … 1.
 *
 * @throws Error when the pixels are not those of a scene
 */
export function scenePatches(pixels: ArrayLike<number>): Float32Array {
  const expected = SCENE_SIDE ** 2 * 3;
  assert(
    pixels.length === expected,
    `scenePatches: expected ${expected} numbers (24 × 24 × 3), got ${pixels.length}`,
  );
  const patches = new Float32Array(SCENE_GRID ** 2 * PATCH_SIZE);
  for (let cell = 0; cell < SCENE_GRID ** 2; cell++) {
    const [row, column] = [Math.floor(cell / SCENE_GRID), cell % SCENE_GRID];
    const start = cell * PATCH_SIZE;
    for (let y = 0; y < SCENE_CELL; y++) {
      const from = ((row * SCENE_CELL + y) * SCENE_SIDE + column * SCENE_CELL) * 3;
      for (let x = 0; x < SCENE_CELL * 3; x++)
        patches[start + y * SCENE_CELL * 3 + x] = 1 - pixels[from + x]!;
    }
    patches[start + PATCH_SIZE - 2] = (2 * row) / (SCENE_GRID - 1) - 1;
    patches[start + PATCH_SIZE - 1] = (2 * column) / (SCENE_GRID - 1) - 1;
  }
  return patches;
}
