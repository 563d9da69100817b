const holderWeights = () => {
  const made = bitHolder();
  return { Wx: Float64Array.from(made.Wx), Wh: Float64Array.from(made.Wh), b: Float64Array.from(made.b) };
};
const holdFor = (inputs: number[][]) => {
  const held = holderWeights();
  let state = { h: new Float64Array(1), c: new Float64Array(1) };
  const gatesSeen: number[][] = [];
  for (const x of inputs) {
    const step = nn.ref.lstmStep({ x: Float64Array.from(x), hPrev: state.h, cPrev: state.c }, held);
    state = { h: step.h, c: step.c };
    gatesSeen.push([...step.gates]);
  }
  return { h: state.h[0]!, gatesSeen };
};
const nothing = (n: number) => Array.from({ length: n }, () => [0, 0]);
check("the weights have the sizes of an LSTM with one unit and two inputs", () => {
  const { Wx, Wh, b } = holderWeights();
  const sizes = [Wx.length, Wh.length, b.length];
  return close(sizes, [8, 4, 4]) || `Wx, Wh and b have ${sizes} numbers, expected 8, 4 and 4`;
});
check("a one is still there after fifty steps of nothing", () => {
  const { h } = holdFor([[1, 0], ...nothing(50)]);
  return h > 0.7 || `h is ${h.toFixed(3)}`;
});
check("a zero is still a zero after fifty steps", () => {
  const { h } = holdFor([[0, 1], ...nothing(50)]);
  return Math.abs(h) < 0.1 || `h is ${h.toFixed(3)}`;
});
check("a one that is followed by a zero becomes a zero, and the other way round", () => {
  const [zero, one] = [
    holdFor([[1, 0], ...nothing(20), [0, 1], ...nothing(20)]).h,
    holdFor([[0, 1], ...nothing(20), [1, 0], ...nothing(20)]).h,
  ];
  return (Math.abs(zero) < 0.1 && one > 0.7) || `h is ${zero.toFixed(3)} and ${one.toFixed(3)}`;
});
check("a bit that is stored twice is stored once", () => {
  const { h } = holdFor([[1, 0], [1, 0], [1, 0], ...nothing(50), [0, 1], ...nothing(3)]);
  return Math.abs(h) < 0.1 || `after three ones and a zero h is ${h.toFixed(3)}`;
});
