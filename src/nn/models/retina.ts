import { assert } from "#src/util/assert.ts";

/** A square part of a picture, in pixels from the top left. */
export interface Window {
  top: number;
  left: number;
  height: number;
  width: number;
}

/** Sharp pixels of a window, a blurred ring around it, and where it is. */
const FINE = 6;
const COARSE = 3;
const BLUR = 4;
/** Centres of neighbouring places are so many pixels apart. */
const STRIDE = 4;
/** Numbers of one glimpse: 6 × 6 sharp pixels, 3 × 3 blocks of 4 × 4 pixels, row and column. */
export const GLIMPSE_SIZE = FINE * FINE + COARSE * COARSE + 2;

/** Where a glimpse is written. */
interface LookTarget {
  out: Float32Array;
  at: number;
  shift?: readonly [y: number, x: number];
}

/**
 * What an eye sees of pictures of side × side greys when it looks at one of its places: sharp in the middle, blurred around it.
 * The places are a grid with 4 pixels between neighbours, numbered as one reads.
 *
 * Source: the glimpse sensor of Mnih et al. 2014, with two scales.
 */
export class Retina {
  readonly side: number;
  /** places in a row */
  readonly across: number;
  readonly places: number;

  constructor(side: number) {
    assert(side >= 8, `Retina: expected pictures of at least 8 × 8 pixels, got ${side} × ${side}`);
    this.side = side;
    this.across = Math.floor((side - 4) / STRIDE);
    this.places = this.across ** 2;
  }

  /** The sharp part of a place. */
  window(place: number): Window {
    const [y, x] = this.#centre(place);
    return { top: y - FINE / 2, left: x - FINE / 2, height: FINE, width: FINE };
  }

  /**
   * Writes the glimpse [47] of a picture at a place to `out` from `at` on. Beyond the edge there is paper, 0.
   *
   * @param target.shift moves what is seen by some pixels [y,x], as if the picture stood elsewhere; default [0, 0]
   */
  look(image: ArrayLike<number>, place: number, { out, at, shift = [0, 0] }: LookTarget): void {
    const [y, x] = this.#centre(place);
    const [top, left] = [y + shift[0], x + shift[1]];
    let n = at;
    for (let row = 0; row < FINE; row++)
      for (let column = 0; column < FINE; column++)
        out[n++] = this.#grey(image, top - FINE / 2 + row, left - FINE / 2 + column);
    const start = -(COARSE * BLUR) / 2;
    for (let row = 0; row < COARSE; row++)
      for (let column = 0; column < COARSE; column++)
        out[n++] = this.#mean(image, top + start + row * BLUR, left + start + column * BLUR);
    out[n++] = (2 * y) / this.side - 1;
    out[n] = (2 * x) / this.side - 1;
  }

  #centre(place: number): [y: number, x: number] {
    const first = (this.side - STRIDE * (this.across - 1)) / 2;
    const [row, column] = [Math.floor(place / this.across), place % this.across];
    return [Math.floor(first + STRIDE * row), Math.floor(first + STRIDE * column)];
  }

  #mean(image: ArrayLike<number>, top: number, left: number): number {
    let sum = 0;
    for (let y = top; y < top + BLUR; y++)
      for (let x = left; x < left + BLUR; x++) sum += this.#grey(image, y, x);
    return sum / BLUR ** 2;
  }

  #grey(image: ArrayLike<number>, y: number, x: number): number {
    const isInside = y >= 0 && x >= 0 && y < this.side && x < this.side;
    return isInside ? image[y * this.side + x]! : 0;
  }
}
