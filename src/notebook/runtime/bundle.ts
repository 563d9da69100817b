/** Outputs are data: what a cell shows, as a record from MIME type to JSON. The page draws the richest it knows. */

/** A value as a tree that a page can fold: `text` is the one-line form, `children` what opens under it. */
export interface InspectNode {
  /** constructor or kind: "Array(3)", "Float32Array(12)", "Tensor float32[2,3]", "Map(1)", "string", "number"… */
  type: string;
  /** one line, as code would write it */
  text: string;
  /** property, index or map key under which a parent holds this value */
  key?: string;
  /** own entries; absent for leaves, cut at 100 entries and 4 levels */
  children?: InspectNode[];
  /** entries that were cut */
  more?: number;
}

/** Rows of plain objects; cells are already text or numbers. At most 200 rows travel. */
export interface TableData {
  columns: string[];
  rows: (string | number | boolean | null)[][];
  /** rows in the value, also those that did not travel */
  total: number;
}

/** An SVG (or HTML) tree from the worker's document, without namespaces: [tag, attributes, …children]. */
export type Tree = string | [tag: string, attributes: Record<string, string>, ...children: Tree[]];

/** A control that the page draws; `value` is the current value and the start value of a reader's page. */
export type InputSpec = { cell: string; name: string; label: string } & (
  | { kind: "range"; min: number; max: number; step: number; value: number; unit?: string }
  | { kind: "select"; options: string[]; value: string }
  | { kind: "text"; value: string; placeholder?: string; rows?: number; maxLength?: number }
  | { kind: "toggle"; value: boolean }
  | { kind: "button"; value: number }
  | { kind: "file"; accept?: string; maxBytes: number; value: FileValue | null }
);
export interface FileValue {
  name: string;
  text: string;
}
export type InputValue = number | string | boolean | FileValue | null;

/** One property of an exercise's check: a sentence, and what was wrong when it failed. */
export interface CheckResult {
  sentence: string;
  passed: boolean;
  detail?: string;
}

export interface Bundle {
  /** always there: screen readers, exports, tests */
  "text/plain": string;
  "application/vnd.course.value+json"?: InspectNode;
  "application/vnd.course.table+json"?: TableData;
  "application/vnd.course.svg+json"?: Tree;
  "application/vnd.course.input+json"?: InputSpec;
  "application/vnd.course.checks+json"?: CheckResult[];
  "text/latex"?: string;
  /** base64 */
  "image/png"?: string;
  /** figures: `application/vnd.course.<name>+json` */
  [figure: `application/vnd.course.${string}+json`]: unknown;
}

/** Objects that know how they are shown have this method; it returns a `Bundle`. Jupyter kernels use the same name. */
export const DISPLAY: unique symbol = Symbol.for("Jupyter.display");

export const VALUE_MIME = "application/vnd.course.value+json";
export const TABLE_MIME = "application/vnd.course.table+json";
export const SVG_MIME = "application/vnd.course.svg+json";
export const INPUT_MIME = "application/vnd.course.input+json";
export const CHECKS_MIME = "application/vnd.course.checks+json";

/** `gradient-microscope` → `application/vnd.course.gradient-microscope+json` */
export const figureMime = (name: string): `application/vnd.course.${string}+json` =>
  `application/vnd.course.${name}+json`;
