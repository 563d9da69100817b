import type { Kernels } from "../module.ts";

/** Rooms are kept until they hold this much together; what a room of that size saves is little. */
const MOST_BYTES = 24_000_000;
const MOST = 24;

interface Kept<Room> {
  room: Room;
  bytes: number;
}

/**
 * What a part keeps for each size of batch. The one that was not used for longest goes when there are too many; the newest
 * always stays.
 */
export class Rooms<Room extends { dispose(): void }> {
  readonly #kernels: Kernels;
  readonly #rooms = new Map<string, Kept<Room>>();
  /** asked for last: decoding asks for the same one step after step */
  #latest = "";
  #room?: Room;

  constructor(kernels: Kernels) {
    this.#kernels = kernels;
  }

  get(key: string, make: () => Room): Room {
    if (key === this.#latest && this.#room) return this.#room;
    const room = this.#find(key, make);
    [this.#latest, this.#room] = [key, room];
    return room;
  }

  #find(key: string, make: () => Room): Room {
    const known = this.#rooms.get(key);
    if (known) {
      // to the end: a map keeps the order in which things were put
      this.#rooms.delete(key);
      this.#rooms.set(key, known);
      return known.room;
    }
    this.#makePlace();
    const { used } = this.#kernels.size;
    const room = make();
    this.#rooms.set(key, { room, bytes: this.#kernels.size.used - used });
    return room;
  }

  dispose(): void {
    for (const { room } of this.#rooms.values()) room.dispose();
    this.#rooms.clear();
    this.#room = undefined;
  }

  #makePlace(): void {
    let held = [...this.#rooms.values()].reduce((sum, { bytes }) => sum + bytes, 0);
    for (const [key, { room, bytes }] of this.#rooms) {
      if (this.#rooms.size < MOST && held <= MOST_BYTES) return;
      room.dispose();
      this.#rooms.delete(key);
      held -= bytes;
    }
  }
}
