/** A map from pairs of whole numbers ≥ 0 to whole numbers ≥ 0, in typed arrays: hundreds of thousands of entries. */
export interface PairMap {
  /** the value of a pair, or −1 */
  get(a: number, b: number): number;
  /** Adds a pair that the map does not have yet. */
  add(a: number, b: number, value: number): void;
}

/** An empty map: a hash table with open addressing, at most half full, that doubles as it grows. */
export function createPairMap(): PairMap {
  let values = new Int32Array(2048).fill(-1);
  let keys = new Int32Array(2 * values.length);
  let size = 0;
  /** Where a pair is, or where it would go. */
  const slotOf = (a: number, b: number): number => {
    const mask = values.length - 1;
    let slot = hash(a, b) & mask;
    while (values[slot] >= 0 && !(keys[2 * slot] === a && keys[2 * slot + 1] === b)) slot = (slot + 1) & mask;
    return slot;
  };
  const put = (a: number, b: number, value: number) => {
    const slot = slotOf(a, b);
    values[slot] = value;
    keys[2 * slot] = a;
    keys[2 * slot + 1] = b;
  };
  const grow = () => {
    const [oldValues, oldKeys] = [values, keys];
    values = new Int32Array(2 * oldValues.length).fill(-1);
    keys = new Int32Array(2 * values.length);
    for (let slot = 0; slot < oldValues.length; slot++) {
      if (oldValues[slot] >= 0) put(oldKeys[2 * slot], oldKeys[2 * slot + 1], oldValues[slot]);
    }
  };
  return {
    get: (a, b) => values[slotOf(a, b)],
    add(a, b, value) {
      if (2 * ++size > values.length) grow();
      put(a, b, value);
    },
  };
}

function hash(a: number, b: number): number {
  const h = Math.imul(a, 0x9e3779b1) ^ Math.imul(b + 1, 0x85ebca6b);
  return Math.imul(h ^ (h >>> 15), 0x2c1b3c6d) >>> 7;
}
