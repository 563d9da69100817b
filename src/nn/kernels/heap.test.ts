import { describe, expect, it } from "vitest";
import { createRng } from "#src/util/rng.ts";
import { createHeap } from "./heap.ts";

const heap = () => createHeap(new WebAssembly.Memory({ initial: 1 }), 1000);

describe("the kernels' memory", () => {
  it("are places apart, aligned and empty, whatever was there before?", () => {
    const { take, giveBack, floats } = heap();
    const rng = createRng(1);
    const live = new Map<number, number>();
    for (let k = 0; k < 2000; k++) {
      const [first] = live.keys();
      if (first !== undefined && rng.uniform() < 0.45) {
        expect(floats(first, live.get(first)!).every((x) => x === first)).toBe(true);
        giveBack(first);
        live.delete(first);
        continue;
      }
      const n = 1 + rng.integer(500);
      const place = take(n);
      expect(place % 64).toBe(0);
      expect(floats(place, n).every((x) => x === 0)).toBe(true);
      floats(place, n).fill(place);
      live.set(place, n);
    }
  });

  it("do batches of ever other lengths need no more memory than the largest of them?", () => {
    const one = heap();
    const rng = createRng(2);
    const rooms: number[][] = [];
    const most = 12 * 3 * (1000 * 4 + 64);
    for (let k = 0; k < 3000; k++) {
      const length = 1 + rng.integer(1000);
      rooms.push([length, length, length >> 1].map((n) => one.take(n)));
      if (rooms.length > 12) rooms.shift()!.forEach((place) => one.giveBack(place));
    }
    expect(one.size.used).toBeLessThan(most);
    expect(one.size.held).toBeLessThan(2 * most);
  });

  it("is all of it free again, in one piece, when everything was given back?", () => {
    const one = heap();
    const places = Array.from({ length: 50 }, () => one.take(100));
    const held = one.size.held;
    for (const k of [7, 3, 30, 31, 29, ...Array.from({ length: 50 }, (_, n) => n)]) one.giveBack(places[k]!);
    expect(one.size).toEqual({ used: 0, held });
    expect(one.take((50 * 512) / 4 - 16 - 64)).toBe(places[0]);
  });

  it("are numbers written and read after the memory grew?", () => {
    const { take, write, read } = heap();
    const place = take(3);
    take(100_000);
    write(place, Float32Array.of(1, 2, 3));
    expect(read(place, 3)).toEqual(Float32Array.of(1, 2, 3));
  });
});
