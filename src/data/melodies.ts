import { assertCount } from "#src/util/assert.ts";
import type { Rng } from "#src/util/rng.ts";
import { assertOneOf, assertRng } from "./draw.ts";

/** The scale's notes as half tones above its first. */
export const SCALES = {
  major: [0, 2, 4, 5, 7, 9, 11],
  minor: [0, 2, 3, 5, 7, 8, 10],
  pentatonic: [0, 2, 4, 7, 9],
} as const;

export interface Note {
  /** number of the key: 60 is the middle C, 69 the A of 440 Hz */
  midi: number;
  /** in quarters */
  beats: number;
}

export interface Melody {
  scale: keyof typeof SCALES;
  /** the first note of the scale */
  tonic: number;
  notes: Note[];
}

/** Rhythms of one bar of four quarters. */
const BARS: readonly (readonly number[])[] = [
  [1, 1, 1, 1],
  [1, 1, 2],
  [2, 1, 1],
  [0.5, 0.5, 1, 1, 1],
  [1, 0.5, 0.5, 2],
  [1.5, 0.5, 1, 1],
];

/** How likely a move by so many steps of the scale is: near notes far more than distant ones. */
const MOVES: readonly (readonly [steps: number, weight: number])[] = [
  [-4, 1],
  [-3, 2],
  [-2, 5],
  [-1, 12],
  [0, 4],
  [1, 12],
  [2, 5],
  [3, 2],
  [4, 1],
];

/**
 * A small melody in 4/4 from one note: it stays in the scale and within an octave around the note where it starts, goes
 * mostly by steps, takes one step back after a leap of more than two steps of the scale (save at the end), and ends on a long first note
 * of the scale.
 *
 * @param options.start the note to start from, which is the first of the scale; 48 … 84, default 60
 * @param options.bars how many bars, default 4, the last one a whole note
 */
export function melody(options: {
  rng: Rng;
  start?: number;
  scale?: keyof typeof SCALES;
  bars?: number;
}): Melody {
  const { rng, start = 60, scale = "major", bars = 4 } = options;
  assertRng("melody", rng);
  assertCount("melody", "start", start, 48);
  if (start > 84) throw new RangeError(`melody: start must be at most 84, got ${start}`);
  assertOneOf("melody", "scale", scale, Object.keys(SCALES) as (keyof typeof SCALES)[]);
  assertCount("melody", "bars", bars, 2);
  const size = SCALES[scale].length;
  const rhythm = Array.from({ length: bars - 1 }, () => BARS[rng.integer(BARS.length)]).flat();
  const degrees = [0];
  for (let k = 1; k < rhythm.length; k++) degrees.push(nextDegree(rng, degrees, size));
  const notes = degrees.map((degree, k) => ({ midi: start + halfTones(scale, degree), beats: rhythm[k] }));
  // the nearer of the first notes of the scale, so that the end is not a leap of an octave
  const end = start + 12 * Math.round(degrees.at(-1)! / size);
  return { scale, tonic: start, notes: [...notes, { midi: end, beats: 4 }] };
}

/** Degree 0 is the tonic, `size` the one an octave above. */
function nextDegree(rng: Rng, degrees: number[], size: number): number {
  const last = degrees.at(-1)!;
  const move = last - (degrees.at(-2) ?? last);
  if (move > 2 || move < -2) return last - Math.sign(move);
  const possible = MOVES.filter(([steps]) => last + steps >= -size && last + steps <= size);
  return last + possible[rng.sample(possible.map(([, weight]) => weight))][0];
}

function halfTones(scale: keyof typeof SCALES, degree: number): number {
  const steps = SCALES[scale];
  const octave = Math.floor(degree / steps.length);
  return 12 * octave + steps[degree - octave * steps.length];
}

/** A key's name, such as "C4" for 60 or "F#4" for 66. */
export function noteName(midi: number): string {
  assertCount("noteName", "midi", midi, 0);
  const name = "C C# D D# E F F# G G# A A# B".split(" ")[midi % 12];
  return `${name}${Math.floor(midi / 12) - 1}`;
}
