import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { blankTypes } from "./blank-types.ts";
import { type SyntaxNode, nameOf } from "./syntax-node.ts";
import { parseSyntax } from "./syntax.ts";
import { compile, meaning, parseJavaScript } from "./typescript-oracle.ts";

const blank = (source: string): string => blankTypes(source, parseSyntax(source));

describe("what becomes of a type?", () => {
  test.each([
    ["const x: number = 1", "const x         = 1"],
    ["let z!: T; let y: T", "let z    ; let y  ;"],
    ["(a ?? b) as T", "(a ?? b)    ;"],
    ["f((a /* b */ as /* as */ T).c)", "f((a /* b */              ).c)"],
    ["x satisfies T;", "x            ;"],
    ["a!.b![0]!();", "a .b [0] ();"],
    ["f<A, B>(1); new F<A>(); g<T>`x`; a?.<T>();", "f      (1); new F   (); g   `x`; a?.   ();"],
    ["const f = g<string>;", "const f = g        ;"],
    ["function f(this: A, b?: B, ...c: C[]): D {}", "function f(         b    , ...c     )    {}"],
    ["function f(this: A) {}", "function f(       ) {}"],
    ["function f<const T>(x: T): x is T {}", "function f         (x   )         {}"],
    ["const f = async <T,>(x: T): Promise<T> => x;", "const f = async     (x   )             => x;"],
    ["try {} catch (e: unknown) {}", "try {} catch (e         ) {}"],
    ["const { a }: { a: A } = b;", "const { a }           = b;"],
    ["type A = { b: 1 }\n;[1]", ";                \n [1]"],
    ["declare const a: number; a", ";                        a"],
    ["for (const a of b as T[]) c;", "for (const a of b       ) c;"],
    ["const a = <T>(x: T) => x;", "const a =    (x   ) => x;"],
    ["`${a as string}`;", "`${a          }`;"],
    ["const s = 'x: number as T' // y: T", "const s = 'x: number as T' // y: T"],
    ["import { type A, b } from 'c'", "import {         b } from 'c'"],
  ])("%j", (source, expected) => {
    expect(blank(source)).toBe(expected);
  });

  test.each([
    [
      "abstract class A<T> extends B<T> implements C, D {}",
      "         class A    extends B                    {}",
    ],
    ["class A extends (b as C) implements D {}", "class A extends (b     )              {}"],
    ["class A { private readonly x?: T = 1; }", "class A { ;                x     = 1; }"],
    ["class A { declare a: T; [k: string]: T; c = 1 }", "class A { ;             ;               c = 1 }"],
    ["class A { 'x'!: T; [y]?: U; #z?: V = 1; }", "class A { 'x'    ; [y]    ; #z     = 1; }"],
    ["class A { b(): T; b(): T {} }", "class A { ;       b()    {} }"],
    ["const A = class implements B {}", "const A = class              {}"],
  ])("%j", (source, expected) => {
    expect(blank(source)).toBe(expected);
  });

  test.each([
    "class A extends B { static override async *m?<T>(a: T): T {} }",
    "class A { readonly = 1; private() {} static static = 2; get: T; async?: U }",
    "abstract class A { abstract a(): T; abstract b: T; protected abstract get c(): T }",
    "class A { constructor(a: T); constructor(a?: any) {} }",
  ])("%j", (source) => {
    expect(meaning(blank(source))).toBe(meaning(compile(source)));
  });
});

describe("does a line break still end what it ended before?", () => {
  test.each([
    "const a = b as T\n(c, d)",
    "const a = b as T\n[c].d()",
    "let a: T\n(b)",
    "a = b!\n`c`",
    "type A = B\n(c)",
    "a = b\ntype A = B\n(c)",
    "interface A {}\n[b].c()",
    "a = b\ndeclare const c: D\n(e)",
    "return_: { const a = b as T\n(c) }",
    "function f() { return a as T\n(b) }",
    "if (a) b as T\nelse c as U\n(d)",
    "switch (a) { case 1: b as T\n(c) }",
    "class A { a = b as T\n[c] = 1 }",
    "class A { a: T\n*b() {} }",
    "class A { a = 1\nreadonly [b] = 2 }",
    "class A { set: T\nconstructor() {} }",
    "class A { get?: T\nstatic b() {} }",
    "class A { a!\n[b] }",
    "const f = (a: A):\n  B => a",
    "const f = async <\n  T,\n>(a: T) => a",
    "function f() { return <\n  T,\n>(a: T): Promise<\n  T\n> => a }",
    "const f = async (): Promise<\n  T\n> => 1",
    "const f = (\n  a = (1),\n  /* ) */\n): {\n  b: T\n} => a",
  ])("%j", (source) => {
    const blanked = blank(source);
    expect(meaning(blanked)).toBe(meaning(compile(source)));
    expect(blanked.split("\n").length).toBe(source.split("\n").length);
  });
});

/** Random types and statements, with a line break where a space could be. */
const gap = fc.constantFrom(" ", "\n", " /* : T */ ");
const type: fc.Arbitrary<string> = fc.letrec<{ type: string }>((tie) => ({
  type: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom("number", "T", "'a' | 1", "typeof q", "readonly string[]", "a.b.C"),
    fc.tuple(tie("type"), gap).map(([t, g]) => `Map<${g}string,${g}${t}>`),
    fc.tuple(tie("type"), gap).map(([t, g]) => `{${g}a: ${t};${g}b?: ${t} }`),
    fc.tuple(tie("type"), tie("type"), gap).map(([t, u, g]) => `(a: ${t},${g}b: ${u}) => ${u}`),
    fc.tuple(tie("type"), gap).map(([t, g]) => `[${g}${t}, ...${t.includes("=>") ? "x" : "y"}[]]`),
  ),
})).type;
const name = fc.constantFrom("a", "b", "model", "of", "type", "as", "é");

const statement = fc.tuple(name, name, type, type, gap, fc.nat(9)).map(([a, b, t, u, g, kind]) => {
  const forms = [
    `${a} = ${b} as${g}${t}`,
    `{ let ${a}: ${t} = ${b} satisfies${g}${u} }`,
    `f(${a}${g}=${g}${b}!)`,
    `(function <${g}T>(this: ${t}, ${a}?: ${u}):${g}${t} { return ${b} })`,
    `(async <${g}T,${g}>(${a}: ${t} = ${b}):${g}${u} => ${a})`,
    `(class${g}<T> extends ${b}<${t}> { static readonly ${a}?: ${u}; private [${b}]: ${t}${g}})`,
    `f<${g}${t}>(${a},${g}${b} as ${u})`,
    `interface I { ${a}: ${t} }`,
    `[${a}, ${b}].map((${a}: ${t}):${g}${u} => ${a}!)`,
    `declare const ${a}: ${t}`,
  ];
  return forms[kind] ?? "";
});
const program = fc
  .array(fc.tuple(statement, fc.constantFrom("\n", ";\n", "; ", "\n\n")), { maxLength: 5 })
  .map((parts) => parts.flat().join(""));

function identifiers(node: unknown, found: [string, number][] = []): [string, number][] {
  if (Array.isArray(node)) for (const part of node) identifiers(part, found);
  else if (typeof node === "object" && node !== null) {
    const { type: kind, start } = node as SyntaxNode;
    if (kind === "Identifier") found.push([nameOf(node as SyntaxNode), start]);
    for (const part of Object.values(node)) identifiers(part, found);
  }
  return found;
}

test("does every name that remains stay where it was, whatever types surround it?", () => {
  fc.assert(
    fc.property(program, (source) => {
      fc.pre(parses(source));
      const blanked = blank(source);
      expect(blanked.replace(/[^\n]/g, "").length).toBe(source.replace(/[^\n]/g, "").length);
      for (const [id, start] of identifiers(parseJavaScript(blanked)))
        expect(source.slice(start, start + id.length)).toBe(id);
      expect(meaning(blanked)).toBe(meaning(compile(source)));
    }),
    { numRuns: 300, seed: 3 },
  );
});

function parses(source: string): boolean {
  try {
    return Boolean(parseSyntax(source));
  } catch {
    return false;
  }
}
