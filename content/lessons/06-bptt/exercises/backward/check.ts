type Net = { Wx: number[][]; Wh: number[][]; b: number[] };
const checkDraws = rng("backward check");
const list = (n: number, scale = 1) => Array.from({ length: n }, () => scale * checkDraws.normal());
const grid = (rows: number, columns: number, scale = 1) =>
  Array.from({ length: rows }, () => list(columns, scale));
const product = (u: number[], W: number[][], j: number) =>
  u.reduce((sum, value, i) => sum + value * W[i]![j]!, 0);
const statesOf = (x: number[][], h0: number[], net: Net) => {
  const h = [h0];
  for (const row of x)
    h.push(net.b.map((bias, j) => Math.tanh(bias + product(row, net.Wx, j) + product(h.at(-1)!, net.Wh, j))));
  return h;
};
const example = (T: number, D: number, H: number) => {
  const net: Net = { Wx: grid(D, H, 0.6), Wh: grid(H, H, 0.8), b: list(H, 0.2) };
  const [x, dh] = [grid(T, D), grid(T, H)];
  return { net, x, dh, h: statesOf(x, list(H, 0.3), net) };
};
/** The sum of dh · h over a window whose first state counts as a constant: its gradient is what is asked for. */
const windowedLoss = ({ net, x, dh, h }: ReturnType<typeof example>, tau: number) => {
  let sum = 0;
  for (let start = 0; start < x.length; start += tau) {
    const part = statesOf(x.slice(start, start + tau), h[start]!, net).slice(1);
    part.forEach((state, t) => state.forEach((unit, k) => (sum += unit * dh[start + t]![k]!)));
  }
  return sum;
};
const numeric = (sample: ReturnType<typeof example>, rows: number[][], tau: number) =>
  rows.map((row) =>
    row.map((value, k) => {
      row[k] = value + 1e-5;
      const above = windowedLoss(sample, tau);
      row[k] = value - 1e-5;
      const below = windowedLoss(sample, tau);
      row[k] = value;
      return (above - below) / 2e-5;
    }),
  );
const agrees = (sizes: [number, number, number], tau: number) => {
  const sample = example(...sizes);
  const given = backward(sample, sample.net.Wh, tau);
  const wanted = {
    dWx: numeric(sample, sample.net.Wx, tau),
    dWh: numeric(sample, sample.net.Wh, tau),
    db: numeric(sample, [sample.net.b], tau)[0]!,
  };
  for (const name of ["db", "dWx", "dWh"] as const) {
    const [found, right] = [given[name].flat(), wanted[name].flat()];
    const worst = right.findIndex((value, k) => !(Math.abs(value - found[k]!) < 1e-6));
    if (worst >= 0)
      return `T = ${sizes[0]}, τ = ${tau}: entry ${worst} of ${name} is ${found[worst]}; central differences give ${right[worst]!.toFixed(6)}`;
  }
  return true;
};
check("a single step gives what central differences give", () => agrees([1, 2, 3], 1));
check("so does a whole sequence with τ = T", () => agrees([6, 3, 4], 6));
check("a window longer than the sequence cuts nothing", () => agrees([5, 2, 3], 50));
check("a window of one step sends nothing back", () => agrees([5, 2, 3], 1));
check("windows count from the first step, and the last may be shorter", () => agrees([7, 2, 3], 3));
check("its arguments are left as they were", () => {
  const sample = example(4, 2, 3);
  const before = JSON.stringify(sample);
  backward(sample, sample.net.Wh, 2);
  return JSON.stringify(sample) === before || "backward changed x, h, dh or Wh";
});
