type GruWeights = { Wx: number[][]; Wh: number[][]; b: number[] };

function convert({ Wx, Wh, b }: GruWeights, H: number): GruWeights {
  const turn = (row: number[]) => row.map((w, k) => (k >= H && k < 2 * H ? -w : w));
  return { Wx: Wx.map(turn), Wh: Wh.map(turn), b: turn(b) };
}
