// GloVe's least squares with AdaGrad: one pass over counted pairs in the order given.
import { all, fma, sumOf } from "./vector";

@inline
function adjust(place: usize, squares: usize, gradient: f32, rate: f32): void {
  const sum = load<f32>(squares);
  store<f32>(place, load<f32>(place) - (rate * gradient) / sqrt<f32>(sum));
  store<f32>(squares, sum + gradient * gradient);
}

/**
 * Records of 16 bytes: i32 row, i32 column, f32 log count, f32 weight f. `input` and `output` have rows of `row` bytes, the last
 * float of each being its bias; `squares` are the sums of squared gradients of both, of the same shape. Gives the sum of ½ f (…)².
 */
export function trainGlove(records: usize, n: i32, input: usize, output: usize, inputSquares: usize, outputSquares: usize, row: usize, rate: f32): f64 {
  let loss: f64 = 0;
  const eta = all(rate), bias = row - 4;
  for (let record = records; record < records + (<usize>n << 4); record += 16) {
    const i = <usize>load<i32>(record) * row, j = <usize>load<i32>(record, 4) * row;
    const w = input + i, u = output + j, sw = inputSquares + i, su = outputSquares + j;
    const bw = load<f32>(w + bias), bu = load<f32>(u + bias);
    // while the vectors multiply, the biases rest
    store<f32>(w + bias, 0);
    let a = all(0), b = a;
    let k: usize = 0;
    for (; k + 32 <= row; k += 32) {
      a = fma(v128.load(w + k), v128.load(u + k), a);
      b = fma(v128.load(w + k, 16), v128.load(u + k, 16), b);
    }
    if (k < row) a = fma(v128.load(w + k), v128.load(u + k), a);
    const off = sumOf(f32x4.add(a, b)) + bw + bu - load<f32>(record, 8);
    const slope = load<f32>(record, 12) * off;
    loss += <f64>(0.5 * slope * off);
    const s = all(slope);
    // the biases' squares must not see the vectors' pass
    const qw = load<f32>(sw + bias), qu = load<f32>(su + bias);
    for (k = 0; k < row; k += 16) {
      const x = v128.load(w + k), y = v128.load(u + k), gx = f32x4.mul(s, y), gy = f32x4.mul(s, x);
      const hx = v128.load(sw + k), hy = v128.load(su + k), rx = f32x4.sqrt(hx), ry = f32x4.sqrt(hy);
      const over = f32x4.div(eta, f32x4.mul(rx, ry));
      v128.store(w + k, f32x4.sub(x, f32x4.mul(gx, f32x4.mul(ry, over))));
      v128.store(u + k, f32x4.sub(y, f32x4.mul(gy, f32x4.mul(rx, over))));
      v128.store(sw + k, fma(gx, gx, hx));
      v128.store(su + k, fma(gy, gy, hy));
    }
    store<f32>(w + bias, bw);
    store<f32>(u + bias, bu);
    store<f32>(sw + bias, qw);
    store<f32>(su + bias, qu);
    adjust(w + bias, sw + bias, slope, rate);
    adjust(u + bias, su + bias, slope, rate);
  }
  return loss;
}
