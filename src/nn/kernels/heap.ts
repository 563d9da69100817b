import type { Kernels } from "./module.ts";

const PAGE = 65_536;
/** The routines load 16 bytes at a time; a line of the cache is 64. */
const LINE = 64;

interface Block {
  place: number;
  bytes: number;
}

/**
 * Places in the kernels' memory. What is given back joins what is free beside it: batches of ever other lengths need no more
 * than the largest of them.
 */
export function createHeap(memory: WebAssembly.Memory, base: number): Omit<Kernels, "build" | "run"> {
  const taken = new Map<number, number>();
  /** in the order of their places, never two side by side */
  const free: Block[] = [];
  let top = Math.ceil(base / LINE) * LINE;
  let used = 0;
  let floats = new Float32Array(memory.buffer);
  let integers = new Int32Array(memory.buffer);
  /** a memory that grew left the old views empty */
  const renew = (): void => {
    if (floats.length > 0) return;
    floats = new Float32Array(memory.buffer);
    integers = new Int32Array(memory.buffer);
  };
  const grow = (bytes: number): number => {
    const place = top;
    const missing = top + bytes - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
    top += bytes;
    return place;
  };
  return {
    write(place, values) {
      renew();
      (values instanceof Int32Array ? integers : floats).set(values, place / 4);
    },
    read(place, n) {
      renew();
      return floats.slice(place / 4, place / 4 + n);
    },
    take(n) {
      // a line between two places: a routine may look, not write, behind the end
      const bytes = Math.ceil((n * 4) / LINE) * LINE + LINE;
      const place = takeFree(free, bytes) ?? grow(bytes);
      new Uint8Array(memory.buffer, place, bytes).fill(0);
      taken.set(place, bytes);
      used += bytes;
      return place;
    },
    giveBack(place) {
      const bytes = taken.get(place);
      if (bytes === undefined) return;
      taken.delete(place);
      used -= bytes;
      join(free, { place, bytes });
    },
    floats: (place, n) => new Float32Array(memory.buffer, place, n),
    integers: (place, n) => new Int32Array(memory.buffer, place, n),
    get size() {
      return { used, held: memory.buffer.byteLength };
    },
  };
}

/** A place in the smallest block that is large enough; the rest of it stays free. */
function takeFree(free: Block[], bytes: number): number | undefined {
  const fitting = free.filter((block) => block.bytes >= bytes);
  if (fitting.length === 0) return undefined;
  const block = fitting.reduce((best, one) => (one.bytes < best.bytes ? one : best));
  const { place } = block;
  block.place += bytes;
  block.bytes -= bytes;
  if (block.bytes === 0) free.splice(free.indexOf(block), 1);
  return place;
}

function join(free: Block[], block: Block): void {
  const at = free.findIndex(({ place }) => place > block.place);
  const index = at < 0 ? free.length : at;
  free.splice(index, 0, block);
  for (const k of [index, index - 1]) {
    const [one, next] = [free[k], free[k + 1]];
    if (!one || !next || one.place + one.bytes !== next.place) continue;
    one.bytes += next.bytes;
    free.splice(k + 1, 1);
  }
}
