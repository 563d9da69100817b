import { renderToString } from "preact-render-to-string";
import { expect, test } from "vitest";
import type { CellError } from "#src/notebook/runtime/message.ts";
import { ErrorOutput } from "./error.tsx";

/** The words as they are read, a block after the other. */
const plainText = (html: string): string =>
  html
    .replace(/<\/?(?:p|div|summary|li|ol|details)\b[^>]*>/g, " ")
    .replace(/<[^>]*>/g, "")
    .replace(/\s+/g, " ")
    .trim();
const show = (error: CellError, isLive = false) =>
  renderToString(<ErrorOutput cell="train" error={error} isLive={isLive} onReveal={() => undefined} />);

const runtimeError: CellError = {
  name: "TypeError",
  kind: "runtime",
  message: "x is not a function",
  position: { line: 3, column: 5 },
  frames: [
    { cell: "model", line: 7, column: 2, function: "forward" },
    { cell: "train", line: 3, column: 5 },
  ],
};

test("a runtime error gives name, sentence and line", () => {
  expect(plainText(show(runtimeError))).toContain("TypeError: x is not a function line 3");
  expect(show(runtimeError)).toContain('<button type="button" class="place">line 3</button>');
});

test("a runtime error shows the way through the cells", () => {
  expect(plainText(show(runtimeError))).toContain(
    "How the program came there forward model, line 7 the cell itself line 3",
  );
});

test("an error of several cells links to the others, and gives the next move", () => {
  const html = show({
    name: "DuplicateDefinition",
    kind: "duplicate",
    message: "hidden is defined in train and setup.",
    hint: "Rename one of them.",
    cells: ["train", "setup"],
  });
  expect(plainText(html)).toBe(
    "✗ Defined twice. hidden is defined in train and setup. Rename one of them. The other cell: setup",
  );
  expect(html).toContain('<a href="#cell-setup">setup</a>');
});

test("a live error is announced, a prerendered one is not", () => {
  expect(show(runtimeError, true)).toContain('role="alert"');
  expect(show(runtimeError, false)).not.toContain('role="alert"');
});

test("without script a place is a link to its cell", () => {
  expect(renderToString(<ErrorOutput cell="train" error={runtimeError} isLive={false} />)).toContain(
    '<a href="#cell-model">model, line 7</a>',
  );
});
