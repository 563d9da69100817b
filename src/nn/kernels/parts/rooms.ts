/** What is kept for each size of batch; the oldest goes when there are too many. */
export class Rooms<Room extends { dispose(): void }> {
  readonly #rooms = new Map<string, Room>();
  readonly #most: number;

  constructor(most = 12) {
    this.#most = most;
  }

  get(key: string, make: () => Room): Room {
    const known = this.#rooms.get(key);
    if (known) return known;
    if (this.#rooms.size >= this.#most) {
      const [oldest, room] = this.#rooms.entries().next().value!;
      room.dispose();
      this.#rooms.delete(oldest);
    }
    const room = make();
    this.#rooms.set(key, room);
    return room;
  }

  dispose(): void {
    for (const room of this.#rooms.values()) room.dispose();
    this.#rooms.clear();
  }
}
