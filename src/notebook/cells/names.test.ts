import { describe, expect, test } from "vitest";
import { parseCell } from "./parse.ts";

const inputs = (source: string): string => parseCell(source).inputs.join(" ");
const outputs = (source: string): string => parseCell(source).outputs.join(" ");

describe("which names does a cell take from others?", () => {
  test.each([
    ["a.b.c + d[e] + f?.g(h)", "a d e f h"],
    ["const a = b; a + c", "b c"],
    ["f(); function f() { return g(x) }", "g x"],
    ["({ a: b, c, [d]: e, f() { return g } })", "b c d e g"],
    ["const { a, b: { c = d }, ...e } = f; a + c + e", "d f"],
    ["const f = (a, { b }, [c] = d, ...e) => a + b + c + e + g", "d g"],
    ["(a = b) => { const b = 1; return c }", "b c"],
    ["function f(n) { return n && f(n - 1) + arguments.length }", ""],
    ["const g = function h() { return h }; h", "h"],
    ["arguments", "arguments"],
    ["() => arguments", "arguments"],
    ["undefined ?? null ?? NaN", "NaN"],
    [
      "class A extends B { c = d; static e = A; [f]() { return this.g + super.h } static { i() } }",
      "B d f i",
    ],
    ["const k = class L { m() { return L } }; L", "L"],
    ["{ let a = 1; function b() {} a + b } a + b", "a b"],
    ["{ var a = 1 } a", ""],
    ["const f = () => () => { var x = 1; return x }; x", "x"],
    ["if (p) { for (var i = 0; i < n; i++) {} } i", "p n"],
    ["for (let i = 0; i < n; i++) f(i); i", "n f i"],
    ["for (const x of xs) { y(x) } x", "xs y x"],
    ["for (const k in k2) {}", "k2"],
    ["try { a() } catch ({ message }) { b(message) } message", "a b message"],
    ["try { a() } catch { b() }", "a b"],
    ["switch (a) { case b: let c = 1; default: c + d } c", "a b d c"],
    ["loop: for (;;) { break loop }", ""],
    ["`${a} b ${c}`; d`e`", "a c d"],
    ["typeof a; new B(c); import_(d)", "a B c d import_"],
    ["function f() { return new.target }", ""],
    ["class P { #x = 1; has(o) { return #x in o } }", ""],
    ["b; a; b", "b a"],
    ["constructor + toString + __proto__", "constructor toString __proto__"],
  ])("%j", (source, expected) => {
    expect(inputs(source).split(" ").sort()).toEqual(expected.split(" ").sort());
  });

  test("are they in the order of first use?", () => {
    expect(inputs("f(c, a); const z = b + a + c")).toBe("f c a b");
  });

  test("do names in types count?", () => {
    expect(inputs("const a: Tensor<B> = c as D; f<E>(g!); type H = typeof i; interface J extends K {}")).toBe(
      "c f g",
    );
    expect(inputs("declare const model: Model; model.fit()")).toBe("model");
    expect(inputs("class A implements B { c?: D; private e!: F<G> }")).toBe("");
    expect(inputs("const f = (this_: A, b?: B): b is C => b")).toBe("");
    expect(inputs("function f(this: A) { return this as B }")).toBe("");
  });

  test("where is the first use of each?", () => {
    expect(parseCell("const x: T = 1\n  b(x)\nb(é, c)").inputPositions).toEqual({
      b: { line: 2, column: 3, endLine: 2, endColumn: 4 },
      é: { line: 3, column: 3, endLine: 3, endColumn: 4 },
      c: { line: 3, column: 6, endLine: 3, endColumn: 7 },
    });
  });
});

describe("which names does a cell give to others?", () => {
  test.each([
    ["const a = 1, b = 2; let c; var d", "a b c d"],
    ["function f() {} async function* g() {} class H {}", "f g H"],
    ["const { a, b: { c = 1 }, ...d } = e, [f, , [g] = [], ...h] = i", "a c d f g h"],
    ["export const a = 1; export function b() {}", "a b"],
    ["var a = 1; var a = 2", "a"],
    ["{ const a = 1 } for (var i = 0; i < 1; i++) {} if (x) { var v = 1 }", ""],
    ["type A = 1; interface B {} declare const c: D; function e(): void; function e() {}", "e"],
    ["f(function g() {}); (class H {})", ""],
  ])("%j", (source, expected) => {
    expect(outputs(source)).toBe(expected);
  });

  test("where is each declared?", () => {
    expect(parseCell("const x: T = 1\nlet { y,\n  z: w } = b").outputPositions).toEqual({
      x: { line: 1, column: 7, endLine: 1, endColumn: 8 },
      y: { line: 2, column: 7, endLine: 2, endColumn: 8 },
      w: { line: 3, column: 6, endLine: 3, endColumn: 7 },
    });
  });
});

describe("does the cell stream its values?", () => {
  test.each([
    ["yield 1", true],
    ["for (const x of xs) { if (x) yield x as T }", true],
    ["for await (const { loss } of fit(model)) yield loss", true],
    ["const x = yield", true],
    ["await a", false],
    ["function* f() { yield 1 }", false],
    ["const o = { *f() { yield 1 } }; class A { *f() { yield 1 } }", false],
  ])("%j", (source, expected) => {
    expect(parseCell(source).isGenerator).toBe(expected);
  });
});
