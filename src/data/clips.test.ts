import { describe, expect, it } from "vitest";
import { createRng } from "#src/util/rng.ts";
import { CLIP_SIDE, type Clip, MOVES, movingClips } from "./clips.ts";

const clips = movingClips({ count: 200, rng: createRng(1) });

/** Centre of the bright pixels of a frame. */
function centreOf({ pixels }: Clip, t: number): [number, number] {
  let [x, y, n] = [0, 0, 0];
  for (let p = 0; p < CLIP_SIDE ** 2; p++)
    if (pixels[t * CLIP_SIDE ** 2 + p] === 1)
      [x, y, n] = [x + (p % CLIP_SIDE), y + Math.floor(p / CLIP_SIDE), n + 1];
  return [x / n, y / n];
}

describe("movingClips", () => {
  it("does each label say how the shape moved since the frame before?", () => {
    const names: Record<string, string> = {
      "0,0": "still",
      "1,0": "right",
      "-1,0": "left",
      "0,1": "down",
      "0,-1": "up",
    };
    for (const clip of clips)
      for (let t = 1; t < clip.frames; t++) {
        const [now, before] = [centreOf(clip, t), centreOf(clip, t - 1)];
        const by = now.map((place, k) => Math.round(place - before[k]!) + 0).join();
        expect(MOVES[clip.labels[t]!]).toBe(names[by]);
      }
  });

  it("are all moves, all shapes and only allowed greys drawn, the same for the same seed?", () => {
    expect(new Set(clips.flatMap(({ labels }) => [...labels])).size).toBe(5);
    const bright = (clip: Clip) => clip.pixels.slice(0, CLIP_SIDE ** 2).filter((grey) => grey === 1).length;
    expect(new Set(clips.map(bright))).toEqual(new Set([9, 8, 5]));
    expect(clips[0]!.pixels.every((grey) => grey === 1 || (grey >= 0 && grey <= 0.2))).toBe(true);
    expect(movingClips({ count: 3, rng: createRng(1) })).toEqual(clips.slice(0, 3));
    expect(() => movingClips({ count: 1, frames: 1, rng: createRng(1) })).toThrow("movingClips: frames");
  });
});
