type Sequence = { x: number[][]; h: number[][]; dh: number[][] };

function backward({ x, h, dh }: Sequence, Wh: number[][], tau: number) {
  const T = x.length,
    H = Wh.length,
    D = x[0].length;
  const zeros = (rows: number) => Array.from({ length: rows }, () => new Array<number>(H).fill(0));
  const dWx = zeros(D),
    dWh = zeros(H),
    [db] = zeros(1);
  let later = new Array<number>(H).fill(0); // δ_{t+1}
  for (let t = T; t >= 1; t--) {
    const passed = t % tau === 0 ? new Array<number>(H).fill(0) : later;
    const delta = dh[t - 1].map((own, i) => {
      const arriving = passed.reduce((sum, d, j) => sum + d * Wh[i][j], own);
      return arriving * (1 - h[t][i] ** 2);
    });
    delta.forEach((d, j) => {
      for (let i = 0; i < H; i++) dWh[i][j] += h[t][i] * d;
      for (let i = 0; i < D; i++) dWx[i][j] += x[t - 1][i] * d;
      db[j] += d;
    });
    later = delta;
  }
  return { dWx, dWh, db };
}
