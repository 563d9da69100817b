/** 32 random bits at a time, the same ones that the word kernels draw (mulberry32, period 2³²). */
export interface RandomBits {
  next(): number;
}

export function randomBits(seed: number): RandomBits {
  let state = seed >>> 0;
  return {
    next() {
      state = (state + 0x6d2b79f5) | 0;
      let t = Math.imul(state ^ (state >>> 15), state | 1);
      t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
      return (t ^ (t >>> 14)) >>> 0;
    },
  };
}
