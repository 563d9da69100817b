import { describe, expect, test } from "vitest";
import { checkImports, checkReaderPage } from "../tools/architecture.ts";
import { findCycles, importsOf, readImports, type Import } from "../tools/imports.ts";

const imports = readImports(process.cwd(), ["src", "components", "tools", "e2e"]);
const planted = (file: string, source: string): Import[] => importsOf(process.cwd(), file, source);

describe("the house", () => {
  test("every room imports only what the table of tools/architecture.ts allows", () => {
    expect(checkImports(imports)).toEqual([]);
  });

  test("no file imports itself through others", () => {
    expect(findCycles(imports).map((cycle) => [...cycle, cycle[0]].join(" → "))).toEqual([]);
  });

  test("no script of the reader's page leads to TensorFlow.js or to the build", () => {
    expect(checkReaderPage(imports)).toEqual([]);
  });

  test("the files are really read", () => {
    expect(imports.length).toBeGreaterThan(100);
  });
});

describe("the check of the house", () => {
  test("a wrong room is named, with what the right ones are", () => {
    expect(
      checkImports(planted("src/nn/ref/x.ts", `import { a } from "#src/notebook/runtime/runtime.ts";`)),
    ).toEqual(["src/nn/ref/x.ts may not import src/notebook/runtime/runtime.ts: ref uses util"]);
  });

  test("types may cross where values may not", () => {
    const file = "src/notebook/runtime/x.ts";
    expect(checkImports(planted(file, `import type { A } from "../cells/names.ts";`))).toEqual([]);
    expect(checkImports(planted(file, `import { type A } from "../cells/names.ts";`))).toEqual([]);
    expect(checkImports(planted(file, `import { a } from "../cells/names.ts";`))).toEqual([
      "src/notebook/runtime/x.ts may not import src/notebook/cells/names.ts: runtime uses contract, util and types of cells",
    ]);
  });

  test("a figure uses its own folder, the kit and the reference cells, not another figure", () => {
    const file = "components/figures/one/view.tsx";
    const fine = `import { a } from "./schema.ts"; import b from "../kit/axis.tsx"; import { c } from "#src/nn/ref/rnn.ts";`;
    expect(checkImports(planted(file, fine))).toEqual([]);
    expect(checkImports(planted(file, `import { a } from "../two/view.tsx";`))).toHaveLength(1);
    expect(checkImports(planted(file, `import { a } from "../two/schema.ts";`))).toHaveLength(1);
  });

  test("a package behind a gate is refused elsewhere, also when it is loaded late", () => {
    const source = `const tf = await import("@tensorflow/tfjs-core/dist/index.js");`;
    expect(checkImports(planted("components/site/x.ts", source))).toEqual([
      "components/site/x.ts may not import @tensorflow/tfjs-core: TensorFlow.js belongs to src/nn/{kernels,layers,models,train}, src/library, the benches and tools/train-*",
    ]);
    expect(checkImports(planted("src/library/tf.ts", source))).toEqual([]);
  });

  test("text that only looks like an import is none", () => {
    const source = "const text = `import tf from '@tensorflow/tfjs'`; // import x from '@tensorflow/tfjs'";
    expect(planted("components/site/x.ts", source)).toEqual([]);
  });

  test("a circle is found once, and neither types nor late imports make one", () => {
    const circle = [
      ...planted("src/util/a.ts", `import "./b.ts";`),
      ...planted("src/util/b.ts", `import "./c.ts";`),
      ...planted("src/util/c.ts", `import "./a.ts";`),
    ];
    expect(findCycles(circle)).toEqual([["src/util/a.ts", "src/util/b.ts", "src/util/c.ts"]]);
    const none = [
      ...planted("src/util/a.ts", `import "./b.ts";`),
      ...planted("src/util/b.ts", `import type { A } from "./a.ts"; await import("./a.ts");`),
    ];
    expect(findCycles(none)).toEqual([]);
  });

  test("a page's script that leads to TensorFlow.js is shown with the way", () => {
    const chain = [
      ...planted(
        "src/pages/x.astro",
        `---\nimport "#src/library/tf.ts";\n---\n<script>import "#components/site/x.ts";</script>`,
      ),
      ...planted("components/site/x.ts", `import "./y.ts";`),
      ...planted("components/site/y.ts", `import * as tf from "@tensorflow/tfjs-core";`),
    ];
    expect(checkReaderPage(chain)).toEqual([
      "components/site/x.ts → components/site/y.ts → @tensorflow/tfjs-core: the reader's page never loads @tensorflow/tfjs-core",
    ]);
  });
});
