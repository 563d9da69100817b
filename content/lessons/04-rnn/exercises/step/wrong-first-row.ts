type Weights = { Wx: number[][]; Wh: number[][]; b: number[] };
function step(x: number[][], hPrev: number[][], { Wx, Wh, b }: Weights): number[][] {
  return x.map((row, n) =>
    b.map((bias, j) => {
      const fromInput = row.reduce((sum, value, i) => sum + value * Wx[i][j], 0);
      const fromState = hPrev[0].reduce((sum, value, i) => sum + value * Wh[i][j], 0);
      return Math.tanh(fromInput + fromState + bias);
    }),
  );
}
