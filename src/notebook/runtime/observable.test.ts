import { Runtime as ObservableRuntime } from "@observablehq/runtime";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { testNotebook } from "./test-runtime.ts";

/**
 * The oracle: random graphs of cells `const v3 = v0 + v2 + 7` go through Observable's runtime and ours. After the first
 * run and after each redefinition both must hold the same values, and have recomputed the same cells, upstream first.
 */
interface Definition {
  /** indices of the cells that it reads; only smaller ones in a permuted order, so there is no circle */
  reads: number[];
  constant: number;
}

const graph = fc.integer({ min: 1, max: 8 }).chain((size) =>
  fc.record({
    cells: fc.tuple(
      ...Array.from({ length: size }, (_, k) =>
        fc.record({
          reads:
            k === 0
              ? fc.constant<number[]>([])
              : fc.uniqueArray(fc.integer({ min: 0, max: k - 1 }), { maxLength: 3 }),
          constant: fc.integer({ min: 0, max: 99 }),
        }),
      ),
    ),
    pageOrder: fc.shuffledSubarray(
      Array.from({ length: size }, (_, k) => k),
      { minLength: size, maxLength: size },
    ),
    edits: fc.array(
      fc.record({
        cell: fc.integer({ min: 0, max: size - 1 }),
        constant: fc.integer({ min: 100, max: 199 }),
      }),
      {
        maxLength: 3,
      },
    ),
    isAsync: fc.array(fc.boolean(), { minLength: size, maxLength: size }),
  }),
);

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const name = (k: number) => `v${k}`;
const sum = ({ reads, constant }: Definition) => [...reads.map(name), constant].join(" + ");

/** A cell with such a sum throws, where a graph has cells that fail. */
const DIVISOR = 4;

class Oracle {
  readonly computed: string[] = [];
  readonly #module;
  readonly #variables: ReturnType<ReturnType<ObservableRuntime["module"]>["variable"]>[] = [];
  readonly values = new Map<string, unknown>();
  readonly #canFail: boolean;

  constructor(size: number, canFail = false) {
    this.#canFail = canFail;
    this.#module = new ObservableRuntime().module();
    for (let k = 0; k < size; k++) {
      const observer = {
        fulfilled: (value: unknown) => void this.values.set(name(k), value),
        rejected: () => void this.values.delete(name(k)),
      };
      this.#variables.push(this.#module.variable(observer));
    }
  }

  define(k: number, definition: Definition): void {
    const compute = (...values: number[]) => {
      this.computed.push(name(k));
      const total = values.reduce((a, b) => a + b, definition.constant);
      if (this.#canFail && total % DIVISOR === 0) throw new Error(String(total));
      return total;
    };
    this.#variables[k]!.define(name(k), definition.reads.map(name), compute);
  }

  async settled(size: number): Promise<void> {
    for (let k = 0; k < size; k++) await this.#module.value(name(k)).catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** True when each cell stands behind all that it reads. */
function isUpstreamFirst(order: string[], cells: Definition[]): boolean {
  return cells.every(({ reads }, k) =>
    reads.every(
      (read) =>
        !order.includes(name(read)) ||
        !order.includes(name(k)) ||
        order.indexOf(name(read)) < order.indexOf(name(k)),
    ),
  );
}

describe("the runtime and Observable's", () => {
  it("compute the same values and recompute the same cells, upstream first", async () => {
    await fc.assert(
      fc.asyncProperty(graph, async ({ cells: drawn, pageOrder, edits, isAsync }) => {
        const cells: Definition[] = drawn.map(({ reads, constant }) => ({
          reads: [...(reads ?? [])],
          constant,
        }));
        const source = (k: number) =>
          `const ${name(k)} = ${isAsync[k] ? `await Promise.resolve(${sum(cells[k]!)})` : sum(cells[k]!)}`;
        const oracle = new Oracle(cells.length);
        cells.forEach((cell, k) => oracle.define(k, cell));
        await oracle.settled(cells.length);
        const notebook = await testNotebook(Object.fromEntries(pageOrder.map((k) => [name(k), source(k)])));
        await notebook.run();
        const compare = () => {
          const values = Object.fromEntries(
            cells.map((_, k) => [name(k), notebook.cell(name(k)).values[name(k)]]),
          );
          expect(values).toEqual(Object.fromEntries(oracle.values));
          expect([...notebook.order()].sort()).toEqual([...oracle.computed].sort());
          expect(isUpstreamFirst(notebook.order(), cells)).toBe(true);
        };
        compare();
        for (const { cell, constant } of edits) {
          oracle.computed.splice(0);
          notebook.forget();
          cells[cell]!.constant = constant;
          oracle.define(cell, cells[cell]!);
          await oracle.settled(cells.length);
          await notebook.edit({ [name(cell)]: source(cell) });
          await notebook.run([name(cell)]);
          compare();
        }
      }),
      { numRuns: 60, seed: 7 },
    );
  }, 60_000);

  it("do so too when cells fail, each once for a change, and recover", async () => {
    await fc.assert(
      fc.asyncProperty(graph, async ({ cells: drawn, pageOrder, edits }) => {
        const cells: Definition[] = drawn.map(({ reads, constant }) => ({ reads: [...reads], constant }));
        // the timer lets the test fail, and not hang, should a cell run for ever
        const source = (k: number) =>
          `await new Promise((r) => setTimeout(r)); const ${name(k)} = ${sum(cells[k]!)};` +
          `if (${name(k)} % ${DIVISOR} === 0) throw new Error(${name(k)});`;
        const oracle = new Oracle(cells.length, true);
        cells.forEach((cell, k) => oracle.define(k, cell));
        await oracle.settled(cells.length);
        const notebook = await testNotebook(Object.fromEntries(pageOrder.map((k) => [name(k), source(k)])));
        const run = async (wanted?: string[]) => {
          const isOver = await Promise.race([notebook.run(wanted).then(() => true), pause(2000)]);
          notebook.stop();
          expect(isOver).toBe(true);
        };
        const compare = () => {
          const value = (k: number) => notebook.cell(name(k)).values[name(k)];
          const known = cells.flatMap((_, k) => (value(k) === undefined ? [] : [[name(k), value(k)]]));
          expect(Object.fromEntries(known)).toEqual(Object.fromEntries(oracle.values));
          const order = notebook.order();
          expect(new Set(order).size).toBe(order.length);
          // a reader of a cell that failed says so without computing; what failed before is tried again by Run
          const isComputed = (id: string) =>
            notebook.cell(id).error === undefined || oracle.computed.includes(id);
          expect(order.filter(isComputed).sort()).toEqual([...oracle.computed].sort());
        };
        await run();
        compare();
        for (const { cell, constant } of edits) {
          oracle.computed.splice(0);
          notebook.forget();
          cells[cell]!.constant = constant;
          oracle.define(cell, cells[cell]!);
          await oracle.settled(cells.length);
          await notebook.edit({ [name(cell)]: source(cell) });
          await run([name(cell)]);
          compare();
        }
      }),
      { numRuns: 60, seed: 11 },
    );
  }, 60_000);

  it("agree on which cells fail when names are circular, and on the values of the others", async () => {
    const oracle = new Oracle(4);
    const cells: Definition[] = [
      { reads: [1], constant: 1 },
      { reads: [0], constant: 2 },
      { reads: [], constant: 3 },
      { reads: [2], constant: 4 },
    ];
    cells.forEach((cell, k) => oracle.define(k, cell));
    await new Promise((resolve) => setTimeout(resolve, 20));
    const notebook = await testNotebook(
      Object.fromEntries(cells.map((cell, k) => [name(k), `const ${name(k)} = ${sum(cell)}`])),
    );
    await notebook.run();
    expect(Object.fromEntries(oracle.values)).toEqual({ v2: 3, v3: 7 });
    expect(cells.map((_, k) => notebook.cell(name(k)).values[name(k)])).toEqual([undefined, undefined, 3, 7]);
    expect(cells.map((_, k) => notebook.cell(name(k)).error?.kind)).toEqual([
      "cycle",
      "cycle",
      undefined,
      undefined,
    ]);
  });
});
