// Skip-gram and CBOW with negative sampling: a stretch of text in one call. Six target words at a time share one pass
// over the vectors; all their gradients are taken before any of them moves.
import { all, fma, sigmoid } from "./vector";
import { next, randomState, sample, seedRandom } from "./random";

/** Written by the page's side (word-plan.ts) in this order, four bytes each. */
@unmanaged
export class WordPlan {
  /** i32, −1 between texts */
  tokens: usize;
  /** number of tokens: no window looks further */
  length: i32;
  V: u32;
  /** bytes of a row: floats rounded up to 4 */
  row: usize;
  window: u32;
  negatives: i32;
  /** alias table, u32 [V] and i32 [V] */
  threshold: usize;
  alias: usize;
  /** f32 [V, row / 4] */
  input: usize;
  output: usize;
  /** three rows: a copy of the vector that predicts, its gradient, and a target that nobody has */
  scratch: usize;
  rate: f32;
  /** tokens trained on before this call, and in the whole training: the rate falls linearly to a ten-thousandth */
  done: f32;
  total: f32;
  seed: u32;
  /** given back: number of predictions */
  count: i32;
}

const TILE = 6;

/** −log of the product of all probabilities; a logarithm is taken only when the product gets small. */
let product: f64 = 1;
let loss: f64 = 0;

function takeLog(): void {
  loss -= Math.log(product);
  product = 1;
}

@inline
function lossOf(p: v128): void {
  const q = f32x4.max(p, all(1e-7));
  product *= <f64>(f32x4.extract_lane(q, 0) * f32x4.extract_lane(q, 1)) * <f64>(f32x4.extract_lane(q, 2) * f32x4.extract_lane(q, 3));
  if (product < 1e-200) takeLog();
}

/** The sums of four vectors of four. */
@inline
function sums(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = f32x4.add(i32x4.shuffle(a, b, 0, 1, 4, 5), i32x4.shuffle(a, b, 2, 3, 6, 7));
  const cd = f32x4.add(i32x4.shuffle(c, d, 0, 1, 4, 5), i32x4.shuffle(c, d, 2, 3, 6, 7));
  return f32x4.add(i32x4.shuffle(ab, cd, 0, 2, 4, 6), i32x4.shuffle(ab, cd, 1, 3, 5, 7));
}

/** One tile: x predicts six rows, the first of them rightly when `first` is 1; e collects rate · −∂loss/∂x. */
@inline
function tile(row: usize, x: usize, e: usize, rate: f32, first: f32, u0: usize, u1: usize, u2: usize, u3: usize, u4: usize, u5: usize, keep: v128, keep2: v128): void {
  let a = all(0), b = a, c = a, d = a, f = a, g = a;
  for (let k: usize = 0; k < row; k += 16) {
    const v = v128.load(x + k);
    a = fma(v, v128.load(u0 + k), a);
    b = fma(v, v128.load(u1 + k), b);
    c = fma(v, v128.load(u2 + k), c);
    d = fma(v, v128.load(u3 + k), d);
    f = fma(v, v128.load(u4 + k), f);
    g = fma(v, v128.load(u5 + k), g);
  }
  // p = the probability given to what is true: σ(score) of the pair itself, σ(−score) of the others
  const sign = f32x4.replace_lane(all(-1), 0, 2 * first - 1);
  const p = sigmoid(f32x4.mul(sums(a, b, c, d), sign));
  const p2 = sigmoid(f32x4.neg(sums(f, g, f, g)));
  const nought = all(0), one = all(1);
  lossOf(v128.bitselect(p, one, keep));
  lossOf(v128.bitselect(p2, one, keep2));
  const step = f32x4.mul(all(rate), sign);
  const s = v128.bitselect(f32x4.mul(f32x4.sub(one, p), step), nought, keep);
  const s2 = v128.bitselect(f32x4.mul(f32x4.sub(p2, one), all(rate)), nought, keep2);
  const g0 = i32x4.shuffle(s, s, 0, 0, 0, 0), g1 = i32x4.shuffle(s, s, 1, 1, 1, 1), g2 = i32x4.shuffle(s, s, 2, 2, 2, 2);
  const g3 = i32x4.shuffle(s, s, 3, 3, 3, 3), g4 = i32x4.shuffle(s2, s2, 0, 0, 0, 0), g5 = i32x4.shuffle(s2, s2, 1, 1, 1, 1);
  for (let k: usize = 0; k < row; k += 16) {
    const v = v128.load(x + k);
    let y = v128.load(u0 + k), sum = fma(g0, y, v128.load(e + k));
    v128.store(u0 + k, fma(g0, v, y));
    y = v128.load(u1 + k), sum = fma(g1, y, sum);
    v128.store(u1 + k, fma(g1, v, y));
    y = v128.load(u2 + k), sum = fma(g2, y, sum);
    v128.store(u2 + k, fma(g2, v, y));
    y = v128.load(u3 + k), sum = fma(g3, y, sum);
    v128.store(u3 + k, fma(g3, v, y));
    y = v128.load(u4 + k), sum = fma(g4, y, sum);
    v128.store(u4 + k, fma(g4, v, y));
    y = v128.load(u5 + k), sum = fma(g5, y, sum);
    v128.store(u5 + k, fma(g5, v, y));
    v128.store(e + k, sum);
  }
}

@inline
function negative(plan: WordPlan, target: i32, isThere: bool): i32 {
  if (!isThere) return -1;
  const word = sample(plan.V, plan.threshold, plan.alias);
  return word === target ? -1 : word;
}

@inline
function lane(word: i32): i32 {
  return word < 0 ? 0 : -1;
}

/** x predicts one word among drawn ones. Where a draw hits the word itself, nothing is learnt from it. */
function predict(plan: WordPlan, x: usize, e: usize, target: i32, rate: f32): void {
  const row = plan.row, output = plan.output, spare = plan.scratch + 2 * row;
  let left = plan.negatives + 1, first = target;
  while (left > 0) {
    const t0 = first >= 0 ? first : negative(plan, target, left > 0);
    const t1 = negative(plan, target, left > 1), t2 = negative(plan, target, left > 2), t3 = negative(plan, target, left > 3);
    const t4 = negative(plan, target, left > 4), t5 = negative(plan, target, left > 5);
    let keep = i32x4.splat(lane(t0)), keep2 = i32x4.splat(lane(t4));
    keep = i32x4.replace_lane(keep, 1, lane(t1));
    keep = i32x4.replace_lane(keep, 2, lane(t2));
    keep = i32x4.replace_lane(keep, 3, lane(t3));
    keep2 = i32x4.replace_lane(keep2, 1, lane(t5));
    // the upper half of the second four repeats the lower one
    keep2 = i32x4.replace_lane(keep2, 2, 0);
    keep2 = i32x4.replace_lane(keep2, 3, 0);
    tile(
      row, x, e, rate, first >= 0 ? 1 : 0,
      t0 < 0 ? spare : output + <usize>t0 * row, t1 < 0 ? spare : output + <usize>t1 * row, t2 < 0 ? spare : output + <usize>t2 * row,
      t3 < 0 ? spare : output + <usize>t3 * row, t4 < 0 ? spare : output + <usize>t4 * row, t5 < 0 ? spare : output + <usize>t5 * row,
      keep, keep2,
    );
    left -= TILE;
    first = -1;
  }
  plan.count++;
}

@inline
function tokenAt(plan: WordPlan, at: i32): i32 {
  return at < 0 || at >= plan.length ? -1 : load<i32>(plan.tokens + (<usize>at << 2));
}

@inline
function rateAt(plan: WordPlan, trained: i32): f32 {
  return plan.rate * max<f32>(1 - (plan.done + <f32>trained) / plan.total, 1e-4);
}

@inline
function begin(plan: WordPlan): void {
  seedRandom(plan.seed);
  plan.count = 0;
  product = 1;
  loss = 0;
}

@inline
function end(plan: WordPlan): f64 {
  takeLog();
  plan.seed = randomState();
  return loss;
}

@inline
function predictNeighbour(plan: WordPlan, v: usize, target: i32, rate: f32): void {
  if (plan.negatives < TILE) return predict(plan, v, v, target, rate);
  memory.copy(plan.scratch, v, plan.row);
  predict(plan, plan.scratch, v, target, rate);
}

/** Skip-gram: each token of from … to − 1 predicts its neighbours. Gives the sum of the losses. */
export function trainPairs(plan: WordPlan, from: i32, to: i32): f64 {
  begin(plan);
  for (let at = from; at < to; at++) {
    const centre = tokenAt(plan, at);
    if (centre < 0) continue;
    const rate = rateAt(plan, at - from), v = plan.input + <usize>centre * plan.row;
    const span = <i32>(plan.window - (next() % plan.window));
    for (let other = at - 1; other >= at - span; other--) {
      const target = tokenAt(plan, other);
      if (target < 0) break;
      predictNeighbour(plan, v, target, rate);
    }
    for (let other = at + 1; other <= at + span; other++) {
      const target = tokenAt(plan, other);
      if (target < 0) break;
      predictNeighbour(plan, v, target, rate);
    }
  }
  return end(plan);
}

@inline
function addRow(to: usize, from: usize, factor: f32, row: usize): void {
  const f = all(factor);
  for (let k: usize = 0; k < row; k += 16) v128.store(to + k, fma(f, v128.load(from + k), v128.load(to + k)));
}

/** CBOW: the mean of the neighbours predicts each token of from … to − 1. */
export function trainBags(plan: WordPlan, from: i32, to: i32): f64 {
  begin(plan);
  const row = plan.row, mean = plan.scratch, gradient = mean + row;
  for (let at = from; at < to; at++) {
    const target = tokenAt(plan, at);
    if (target < 0) continue;
    const span = <i32>(plan.window - (next() % plan.window));
    let low = at, high = at;
    while (low > at - span && tokenAt(plan, low - 1) >= 0) low--;
    while (high < at + span && tokenAt(plan, high + 1) >= 0) high++;
    if (low === high) continue;
    const share = <f32>1 / <f32>(high - low);
    memory.fill(mean, 0, 2 * row);
    for (let k = low; k <= high; k++) if (k !== at) addRow(mean, plan.input + <usize>tokenAt(plan, k) * row, share, row);
    predict(plan, mean, gradient, target, rateAt(plan, at - from));
    for (let k = low; k <= high; k++) if (k !== at) addRow(plan.input + <usize>tokenAt(plan, k) * row, gradient, share, row);
  }
  return end(plan);
}
