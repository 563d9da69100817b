/** A 32-bit generator that TypeScript can repeat bit by bit (mulberry32); its period is 2³². */
let state: u32 = 1;

@inline
export function seedRandom(seed: u32): void {
  state = seed;
}

@inline
export function randomState(): u32 {
  return state;
}

@inline
export function next(): u32 {
  state += 0x6d2b79f5;
  let t = (state ^ (state >> 15)) * (state | 1);
  t ^= t + (t ^ (t >> 7)) * (t | 61);
  return t ^ (t >> 14);
}

/** A word of an alias table: the upper half of next · V is the column, the lower half decides between its two words. */
@inline
export function sample(V: u32, threshold: usize, alias: usize): i32 {
  const x = <u64>next() * <u64>V;
  const column = <usize>(x >> 32) << 2;
  return <u32>x < load<u32>(threshold + column) ? <i32>(x >> 32) : load<i32>(alias + column);
}
