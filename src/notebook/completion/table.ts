/** What can follow a path such as `nn.ref.`, from the library's own types: the reader's completion. */
export interface TypeEntry {
  label: string;
  /** "function", "property", "class" or "namespace": the editor's words */
  kind: string;
  /** the signature */
  detail: string;
  /** first sentence of the doc comment */
  doc?: string;
}

/** By dotted path; "" holds the names that every cell can read. */
export type CompletionTable = Record<string, TypeEntry[]>;
