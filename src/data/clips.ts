import { assertCount } from "#src/util/assert.ts";
import type { Rng } from "#src/util/rng.ts";
import { assertRng, between, pick } from "./draw.ts";

/** Frames are SIDE × SIDE pixels. */
export const CLIP_SIDE = 12;
/** What a shape does between a frame and the one before; a label is its place here. */
export const MOVES = ["still", "right", "left", "down", "up"] as const;

const STEPS: Record<(typeof MOVES)[number], readonly [x: number, y: number]> = {
  still: [0, 0],
  right: [1, 0],
  left: [-1, 0],
  down: [0, 1],
  up: [0, -1],
};
/** Filled squares, frames and crosses of 3 × 3 pixels. */
const SHAPES = ["111111111", "111101111", "010111010"];
const SIZE = 3;

export interface Clip {
  frames: number;
  /** [frames, 12 · 12]: 0 or 1, with a little noise */
  pixels: Float32Array;
  /** [frames]: places in `MOVES`; the first frame is "still" */
  labels: Int32Array;
}

/**
 * Short clips of one small shape on a dark ground, with what it does at each frame. It keeps a direction for two to four frames
 * and turns before it would leave the picture. A single frame does not show a movement: one has to remember the frame before.
 *
 * @param options.frames default 10
 * @param options.noise largest grey of the ground, 0 … 1, default 0.2
 */
export function movingClips(options: { count: number; rng: Rng; frames?: number; noise?: number }): Clip[] {
  const { count, rng, frames = 10, noise = 0.2 } = options;
  assertCount("movingClips", "count", count);
  assertCount("movingClips", "frames", frames, 2);
  assertRng("movingClips", rng);
  return Array.from({ length: count }, () => drawClip(rng, frames, noise));
}

function drawClip(rng: Rng, frames: number, noise: number): Clip {
  const shape = pick(rng, SHAPES);
  const most = CLIP_SIDE - SIZE;
  const place: [number, number] = [between(rng, 0, most), between(rng, 0, most)];
  const pixels = new Float32Array(frames * CLIP_SIDE * CLIP_SIDE);
  const labels = new Int32Array(frames);
  let move: (typeof MOVES)[number] = "still";
  let left = 0;
  for (let t = 0; t < frames; t++) {
    if (t > 0) {
      const fits = MOVES.filter((each) =>
        STEPS[each].every((by, k) => place[k]! + by >= 0 && place[k]! + by <= most),
      );
      if (left === 0 || !fits.includes(move)) {
        move = pick(rng, fits);
        left = between(rng, 2, 4);
      }
      left--;
      place[0] += STEPS[move][0];
      place[1] += STEPS[move][1];
      labels[t] = MOVES.indexOf(move);
    }
    drawFrame(pixels.subarray(t * CLIP_SIDE ** 2, (t + 1) * CLIP_SIDE ** 2), { shape, place, rng, noise });
  }
  return { frames, pixels, labels };
}

interface Scene {
  shape: string;
  place: readonly [x: number, y: number];
  rng: Rng;
  noise: number;
}

function drawFrame(pixels: Float32Array, { shape, place: [left, top], rng, noise }: Scene): void {
  for (let p = 0; p < pixels.length; p++) pixels[p] = noise * rng.uniform();
  for (let k = 0; k < SIZE * SIZE; k++)
    if (shape[k] === "1") pixels[(top + Math.floor(k / SIZE)) * CLIP_SIDE + left + (k % SIZE)] = 1;
}
