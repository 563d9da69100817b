import { describe, expect, it } from "vitest";
import { createRng } from "#src/util/rng.ts";
import { baumWelch, type BaumWelchProgress } from "./hmm-learning.ts";
import { hmm, randomHmm, type Hmm } from "./hmm.ts";

/** Sunny or rainy days, seen through walks, shopping and cleaning. */
const WEATHER = hmm({
  start: [0.4, 0.6],
  transition: [
    [0.6, 0.4],
    [0.3, 0.7],
  ],
  emission: [
    [0.6, 0.3, 0.1],
    [0.1, 0.4, 0.5],
  ],
});

/** From left to right only; state k shows symbol k, or 2 in the last. */
const CHAIN = hmm({
  start: [1, 0, 0],
  transition: [
    [0.5, 0.5, 0],
    [0, 0.5, 0.5],
    [0, 0, 1],
  ],
  emission: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
});

const MODELS: [string, Hmm][] = [
  ["a small", WEATHER],
  ["a left-to-right", CHAIN],
  ["a random", randomHmm({ states: 3, symbols: 4, rng: createRng(1) })],
  ["a one-state", randomHmm({ states: 1, symbols: 3, rng: createRng(2) })],
];

/** Every sequence of this length of the numbers 0 … base − 1. */
function everySequence(base: number, length: number): number[][] {
  return Array.from({ length: base ** length }, (_, code) =>
    Array.from({ length }, (_, k) => Math.floor(code / base ** k) % base),
  );
}

function probabilityOf(model: Hmm, path: number[], x: number[]): number {
  return path.reduce((p, state, t) => {
    const arrive = t === 0 ? model.start[state] : model.transition[path[t - 1]][state];
    return p * arrive * model.emission[state][x[t]];
  }, 1);
}

const total = (u: ArrayLike<number>) => Array.from(u).reduce((sum, p) => sum + p, 0);

describe("hmm", () => {
  it.each(MODELS)("for %s model, is all as if every path had been tried?", (_, model) => {
    const N = model.states;
    for (const length of [1, 2, 4]) {
      const paths = everySequence(N, length);
      for (const x of everySequence(model.symbols, length)) {
        const joint = paths.map((path) => probabilityOf(model, path, x));
        const likelihood = total(joint);
        if (likelihood === 0) continue;
        expect(Math.exp(model.logLikelihood(x)) / likelihood).toBeCloseTo(1, 12);
        expect(model.backward(x).logLikelihood).toBeCloseTo(Math.log(likelihood), 12);
        const { path, logProbability } = model.viterbi(x);
        expect(Math.exp(logProbability) / Math.max(...joint)).toBeCloseTo(1, 12);
        expect(probabilityOf(model, [...path], x) / Math.max(...joint)).toBeCloseTo(1, 12);
        const posterior = model.posterior(x);
        posterior.forEach((p, n) => {
          const [t, state] = [Math.floor(n / N), n % N];
          const through = total(joint.filter((_, k) => paths[k][t] === state));
          expect(p).toBeCloseTo(through / likelihood, 12);
        });
      }
    }
  });

  it("do the probabilities of all sequences of one length add up to 1?", () => {
    for (const [, model] of MODELS) {
      const all = everySequence(model.symbols, 5).map((x) => Math.exp(model.logLikelihood(x)));
      expect(total(all)).toBeCloseTo(1, 12);
    }
  });

  it("what are the forward and backward numbers of a case done by hand?", () => {
    const { logs } = WEATHER.forward([0, 2]);
    const [sunny, rainy] = [0.4 * 0.6, 0.6 * 0.1];
    const expected = [sunny, rainy, (sunny * 0.6 + rainy * 0.3) * 0.1, (sunny * 0.4 + rainy * 0.7) * 0.5];
    expect([...logs].map(Math.exp)).toEqual(expected.map((p) => expect.closeTo(p, 14)));
    const { logs: backward } = WEATHER.backward([0, 2]);
    const later = [0.6 * 0.1 + 0.4 * 0.5, 0.3 * 0.1 + 0.7 * 0.5, 1, 1];
    expect([...backward].map(Math.exp)).toEqual(later.map((p) => expect.closeTo(p, 14)));
  });

  it("is an impossible sequence −Infinity everywhere, and nothing NaN?", () => {
    for (const x of [[1], [0, 2], [0, 1, 2, 0], [2, 2, 2]]) {
      const { logs, logLikelihood } = CHAIN.forward(x);
      expect(logLikelihood).toBe(-Infinity);
      expect(CHAIN.backward(x).logLikelihood).toBe(-Infinity);
      expect([...logs, ...CHAIN.backward(x).logs].some(Number.isNaN)).toBe(false);
      expect(CHAIN.viterbi(x)).toEqual({ path: new Int32Array(0), logProbability: -Infinity });
      expect(CHAIN.posterior(x)).toEqual(new Float64Array(3 * x.length));
    }
    expect(CHAIN.viterbi([0, 0, 1, 2, 2]).path).toEqual(Int32Array.of(0, 0, 1, 2, 2));
  });

  it("does a rare path survive a long time in which it is far behind?", () => {
    // State 0 fits the zeros far better, but only state 1 can show the last symbol.
    const model = hmm({
      start: [0.5, 0.5],
      transition: [
        [1, 0],
        [0, 1],
      ],
      emission: [
        [1, 0, 0],
        [1e-9, 1 - 2e-9, 1e-9],
      ],
    });
    const x = new Int32Array(1001);
    x[1000] = 2;
    expect(model.logLikelihood(x)).toBeCloseTo(Math.log(0.5) + 1001 * Math.log(1e-9), 6);
    expect(model.viterbi(x).path).toEqual(new Int32Array(1001).fill(1));
    expect(model.posterior(x)[1]).toBe(1);
  });

  it("does a long sequence neither underflow nor lose a row's sum of 1?", () => {
    const { observations } = WEATHER.sample(20_000, createRng(3));
    const forward = WEATHER.forward(observations).logLikelihood;
    expect(forward).toBeLessThan(-15_000);
    expect(WEATHER.backward(observations).logLikelihood / forward).toBeCloseTo(1, 10);
    const posterior = WEATHER.posterior(observations);
    for (let row = 0; row < posterior.length; row += 2)
      expect(Math.abs(posterior[row] + posterior[row + 1] - 1)).toBeLessThan(1e-12);
  });

  it("do samples have the model's frequencies, the same for the same seed?", () => {
    const { observations, path } = WEATHER.sample(20_000, createRng(4));
    expect(WEATHER.sample(20_000, createRng(4))).toEqual({ observations, path });
    const stay = path.filter((state, t) => t > 0 && state === 0 && path[t - 1] === 0).length;
    expect(stay / path.filter((state) => state === 0).length).toBeCloseTo(0.6, 1);
    const walks = observations.filter((symbol, t) => symbol === 0 && path[t] === 0).length;
    expect(walks / path.filter((state) => state === 0).length).toBeCloseTo(0.6, 1);
  });

  it("are rows that are no probabilities refused?", () => {
    const fine = { start: [1], transition: [[1]], emission: [[0.5, 0.5]] };
    expect(() => hmm({ ...fine, start: [] })).toThrow("hmm: expected start of at least 1 numbers, got 0");
    expect(() => hmm({ ...fine, start: [0.5] })).toThrow("hmm: start must add up to 1, got a sum of 0.5");
    expect(() => hmm({ ...fine, transition: [[1], [1]] })).toThrow(
      "hmm: expected transition with a row for each of 1 states, got 2",
    );
    expect(() => hmm({ ...fine, transition: [[0.5, 0.5]] })).toThrow(
      "hmm: expected transition[0] of 1 numbers, got 2",
    );
    expect(() => hmm({ ...fine, emission: [[1.5, -0.5]] })).toThrow(
      "hmm: emission[0] must not be negative, got -0.5 at 1",
    );
    expect(() => hmm({ ...fine, emission: [[NaN, 1]] })).toThrow(
      "hmm: emission[0] must not be negative, got NaN at 0",
    );
    expect(() => hmm({ ...fine, emission: [] })).toThrow(
      "hmm: expected emission with a row for each of 1 states, got 0",
    );
  });

  it("are wrong observations and counts refused?", () => {
    expect(() => WEATHER.forward([])).toThrow("hmm: expected at least one observation, got none");
    expect(() => WEATHER.viterbi([0, 3])).toThrow("hmm: expected observations of 0 … 2, got 3 at step 1");
    expect(() => WEATHER.posterior([0.5])).toThrow("hmm: expected observations of 0 … 2, got 0.5 at step 0");
    expect(() => WEATHER.sample(0, createRng(1))).toThrow(
      "hmm.sample: timesteps must be a whole number of at least 1, got 0",
    );
    expect(() => randomHmm({ states: 0, symbols: 2, rng: createRng(1) })).toThrow(
      "randomHmm: states must be a whole number of at least 1, got 0",
    );
    expect(() => randomHmm({ states: 2, symbols: 0, rng: createRng(1) })).toThrow(
      "randomHmm: symbols must be a whole number of at least 1, got 0",
    );
  });
});

/** The first iterations of Baum–Welch. */
function learn(start: Hmm, sequences: ArrayLike<number>[], iterations: number): BaumWelchProgress[] {
  const progress: BaumWelchProgress[] = [];
  for (const each of baumWelch(start, sequences)) {
    progress.push(each);
    if (each.iteration === iterations) break;
  }
  return progress;
}

describe("baumWelch", () => {
  const sequences = Array.from({ length: 20 }, (_, k) => WEATHER.sample(50, createRng(k)).observations);

  it("does the likelihood never fall, from any start?", () => {
    for (const seed of [1, 2, 3]) {
      const start = randomHmm({ states: 2, symbols: 3, rng: createRng(seed) });
      const progress = learn(start, sequences, 40);
      for (const { logLikelihoodBefore, logLikelihood } of progress)
        expect(logLikelihood).toBeGreaterThanOrEqual(logLikelihoodBefore - 1e-9);
      const before = total(sequences.map((x) => start.logLikelihood(x)));
      expect(progress[0].logLikelihoodBefore).toBeCloseTo(before, 9);
      const last = progress.at(-1)!;
      expect(last.logLikelihood).toBeGreaterThan(before + 1);
      expect(total(sequences.map((x) => last.model.logLikelihood(x)))).toBeCloseTo(last.logLikelihood, 9);
    }
  });

  it("is one iteration the expectation over every path, counted one by one?", () => {
    const start = randomHmm({ states: 2, symbols: 3, rng: createRng(9) });
    const short = [[0, 2, 1], [1], [2, 2, 0, 0]];
    const moves = [
      [0, 0],
      [0, 0],
    ];
    const shown = [
      [0, 0, 0],
      [0, 0, 0],
    ];
    const first = [0, 0];
    for (const x of short) {
      const paths = everySequence(2, x.length);
      const likelihood = total(paths.map((path) => probabilityOf(start, path, x)));
      for (const path of paths) {
        const p = probabilityOf(start, path, x) / likelihood;
        first[path[0]] += p;
        path.forEach((state, t) => {
          shown[state][x[t]] += p;
          if (t > 0) moves[path[t - 1]][state] += p;
        });
      }
    }
    const [{ model }] = learn(start, short, 1);
    const shares = (row: number[]) => row.map((n) => expect.closeTo(n / total(row), 12));
    expect([...model.start]).toEqual(shares(first));
    model.transition.forEach((row, i) => expect([...row]).toEqual(shares(moves[i])));
    model.emission.forEach((row, i) => expect([...row]).toEqual(shares(shown[i])));
  });

  it("does it find the model that wrote a long text again?", () => {
    const clear = hmm({
      start: [0.5, 0.5],
      transition: [
        [0.9, 0.1],
        [0.2, 0.8],
      ],
      emission: [
        [0.8, 0.1, 0.1],
        [0.1, 0.2, 0.7],
      ],
    });
    const { observations } = clear.sample(4000, createRng(6));
    const start = randomHmm({ states: 2, symbols: 3, rng: createRng(8) });
    const { model, logLikelihood } = learn(start, [observations], 60).at(-1)!;
    expect(logLikelihood).toBeGreaterThan(clear.logLikelihood(observations));
    const first = model.emission[0][0] > model.emission[1][0] ? 0 : 1;
    expect(model.emission[first][0]).toBeCloseTo(0.8, 1);
    expect(model.transition[first][first]).toBeCloseTo(0.9, 1);
    expect(model.transition[1 - first][1 - first]).toBeCloseTo(0.8, 1);
  });

  it("do sequences of one symbol leave the moves as they were, and stay numbers?", () => {
    const [{ model, logLikelihood }] = learn(WEATHER, [[0], [0], [2]], 1);
    model.transition.forEach((row, i) => expect(row).toEqual(WEATHER.transition[i]));
    expect(logLikelihood).toBeGreaterThan(total([[0], [0], [2]].map((x) => WEATHER.logLikelihood(x))));
  });

  it("does what is impossible stay so, and a state never reached keep its rows?", () => {
    const progress = learn(
      CHAIN,
      [
        [0, 0, 1],
        [0, 1, 1, 1],
      ],
      3,
    );
    const { model, logLikelihood } = progress.at(-1)!;
    expect(model.transition[0][2]).toBe(0);
    expect([...model.transition[2]]).toEqual([0, 0, 1]);
    expect([...model.transition[1]]).toEqual([0, 1, 0]);
    expect(logLikelihood).toBeGreaterThan(-Infinity);
  });

  it("is a sequence that the model cannot show named, and the given model left as it was?", () => {
    expect(() =>
      learn(
        CHAIN,
        [
          [0, 1],
          [0, 0, 2, 2],
        ],
        1,
      ),
    ).toThrow(
      "baumWelch: the model cannot show sequence 1: no state is possible at step 2. Start from probabilities above 0.",
    );
    expect(() => learn(CHAIN, [], 1)).toThrow("baumWelch: expected at least one sequence, got none");
    const before = structuredClone(WEATHER.emission);
    learn(WEATHER, [[0, 1, 2]], 2);
    expect(WEATHER.emission).toEqual(before);
  });
});
