import { describe, expect, it } from "vitest";
import fixtures from "../fixtures/joined-sequence.json";
import sequenceFixtures from "../fixtures/rnn-sequence.json";
import { bidirectional } from "./bidirectional.ts";
import type { Floats } from "./floats.ts";
import type { GruParams } from "./gru.ts";
import type { LstmParams } from "./lstm.ts";
import { rnnBackward, rnnForward } from "./rnn-sequence.ts";
import { gruLayer, highwayLayer, lstmLayer, rnnLayer } from "./sequence-layer.ts";
import { stacked } from "./stacked.ts";
import { PRECISIONS, arraysOf, dot, double, expectCentralDifferences, expectClose } from "./test-case.ts";

type Fixture = Omit<(typeof fixtures)[number], "mask"> & { mask?: number[] };
type Make<F extends Floats> = (u: number[]) => F;
interface Way {
  ahead: object;
  back: object;
}

/** The weights of one direction of layer n, whose names begin with ahead0_, back0_ … */
function paramsOf<F extends Floats, P>(fixture: Fixture, prefix: string, make: Make<F>): P {
  const own = Object.entries(fixture.inputs).filter(([name]) => name.startsWith(prefix));
  return arraysOf(Object.fromEntries(own.map(([name, list]) => [name.slice(prefix.length), list])), make);
}

function layersOf<F extends Floats>(fixture: Fixture, make: Make<F>) {
  return Array.from({ length: fixture.layers }, (_, n) => {
    const params = <P>(way: string): P => paramsOf(fixture, `${way}${n}_`, make);
    const lstm = (way: string) => lstmLayer(params<LstmParams<F>>(way));
    const gru = (way: string) => gruLayer(params<GruParams<F>>(way), { reset: "after" });
    return {
      lstm: bidirectional(lstm("ahead"), lstm("back")),
      gru: bidirectional(gru("ahead"), gru("back")),
    };
  });
}

/** Gradients of a stack under the fixture's names, such as dahead0_Wx. */
function namedGradients(layers: Way[], dx: Floats): object {
  const entries = layers.flatMap((layer, n) =>
    (["ahead", "back"] as const).flatMap((way) =>
      Object.entries(layer[way]).map(([name, u]) => [`d${way}${n}_${name.slice(1)}`, u]),
    ),
  );
  return { dx, ...Object.fromEntries(entries) };
}

describe.each(PRECISIONS)("in $name precision", ({ make, tolerance }) => {
  it.each(fixtures as Fixture[])(
    "do $layers bidirectional layers of $kind give PyTorch's numbers and gradients?",
    (fixture) => {
      const layers = layersOf(fixture, make);
      const { batchSize, timesteps, mask } = fixture;
      const input = { x: make(fixture.inputs.x), batchSize, timesteps, mask };
      const dh = make(fixture.upstream.dh);
      const results = () => {
        if (fixture.kind === "lstm") {
          const stack = stacked(layers.map(({ lstm }) => lstm));
          const run = stack.forward(input);
          return { run, gradients: stack.backward(run, dh) };
        }
        const stack = stacked(layers.map(({ gru }) => gru));
        const run = stack.forward(input);
        return { run, gradients: stack.backward(run, dh) };
      };
      const { run, gradients } = results();
      expectClose(run, fixture.outputs, tolerance);
      expectClose(namedGradients(gradients.layers, gradients.dx!), fixture.gradients, tolerance);
    },
  );
});

describe("bidirectional and stacked", () => {
  const masked = (fixtures as Fixture[])[1];
  const { batchSize, timesteps, mask } = masked;
  const x = double(masked.inputs.x);
  const input = { x, batchSize, timesteps, mask };
  const params = (way: string) => paramsOf<Float64Array, GruParams<Float64Array>>(masked, `${way}0_`, double);

  it("does a gradient into the last state of either direction flow back?", () => {
    const ways = { ahead: params("ahead"), back: params("back") };
    const forward = () => layer.forward(input);
    const layer = bidirectional(gruLayer(ways.ahead), gruLayer(ways.back));
    const loss = () => {
      const { ahead, back } = forward();
      return dot(ahead.hLast, ahead.hLast) / 2 + dot(back.hLast, back.hLast) / 2;
    };
    const run = forward();
    const last = { ahead: { dhLast: run.ahead.hLast }, back: { dhLast: run.back.hLast } };
    const gradients = layer.backward(run, new Float64Array(run.h.length), last);
    expectCentralDifferences(loss, { x }, gradients);
    expectCentralDifferences(loss, ways.back, gradients.back);
  });

  it("does the direction that reads back end where the row begins?", () => {
    const { back } = bidirectional(gruLayer(params("ahead")), gruLayer(params("back"))).forward(input);
    const H = back.hLast.length / batchSize;
    const one = { x: x.slice(2 * timesteps * 2, 2 * timesteps * 2 + 2), batchSize: 1, timesteps: 1 };
    const alone = gruLayer(params("back")).forward(one); // row 2 has one step that counts
    expect([...back.hLast.slice(2 * H)]).toEqual([...alone.hLast]);
  });

  it("can tokens be read both ways?", () => {
    const tokens = Int32Array.from(x.subarray(0, batchSize * timesteps), (u) => +(u > 0));
    const vectors = double([...tokens].flatMap((token) => [1 - token, token]));
    const layer = bidirectional(gruLayer(params("ahead")), gruLayer(params("back")));
    const byToken = layer.forward({ tokens, batchSize, timesteps, mask });
    expectClose(byToken, { h: [...layer.forward({ x: vectors, batchSize, timesteps, mask }).h] }, 1e-14);
    expect(layer.backward(byToken, byToken.h)).not.toHaveProperty("dx");
  });

  it("is a stack of one vanilla RNN that RNN?", () => {
    const { batchSize, timesteps, ...lists } = sequenceFixtures[0];
    const [u, h0, dh, Wx, Wh, b] = [lists.x, lists.h0, lists.dh, lists.Wx, lists.Wh, lists.b].map(double);
    const sizes = { x: u, batchSize, timesteps };
    const layer = stacked([rnnLayer({ Wx, Wh, b }, { h0 })]);
    const [norms, expected] = [new Float64Array(timesteps), new Float64Array(timesteps)];
    const run = layer.forward(sizes);
    const alone = rnnForward(sizes, { Wx, Wh, b }, { h0 });
    expect(run.h).toEqual(alone.h);
    expect(layer.backward(run, dh, [{ norms }]).layers[0]).toEqual(
      rnnBackward(alone, dh, { norms: expected }),
    );
    expect(norms).toEqual(expected);
  });

  it("does a stack of highway layers hand gradients down to x?", () => {
    const Wx = double(masked.inputs.x.slice(0, 8)); // D = H = 2
    const p = { Wx, Wh: Wx.map((w) => -w / 2), b: Wx.slice(4) };
    const stack = stacked([highwayLayer(p), highwayLayer(p), highwayLayer(p)]);
    const forward = () => stack.forward(input);
    const gradients = stack.backward(forward(), forward().h);
    expectCentralDifferences(() => dot(forward().h, forward().h) / 2, { x }, gradients);
  });

  it("does it refuse stacks of nothing?", () => {
    expect(() => stacked([])).toThrow("stacked: expected at least one layer, got none");
  });
});
