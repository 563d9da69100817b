import type { CellNames } from "./names.ts";
import { type SyntaxNode, child, children, isErased, nameOf, runningParts } from "./syntax-node.ts";

/** Something that cells do not take, and the reader's text about it. */
export interface Refusal {
  node: SyntaxNode;
  message: string;
}

/** The first piece of syntax, in source order, that parses but cannot run in a cell. */
export function refusedSyntax(node: SyntaxNode, reserved: ReadonlySet<string>): Refusal | undefined {
  if (isErased(node)) return undefined;
  const message = refusal(node, reserved);
  if (message) return { node, message };
  for (const decorator of children(node, "decorators").slice(0, 1))
    return { node: decorator, message: DECORATOR };
  for (const part of runningParts(node)) {
    const found = refusedSyntax(part, reserved);
    if (found) return found;
  }
  return undefined;
}

const DECORATOR =
  "Cells have no decorators, because no browser runs them yet. Remove this `@…` and call the function on the class or method instead.";
const IMPORT =
  "Cells cannot import: the names of the course's library are already there, and nothing else can be loaded. Remove this line.";

function refusal(node: SyntaxNode, reserved: ReadonlySet<string>): string | undefined {
  switch (node.type) {
    case "ImportDeclaration":
      return importText(node, reserved);
    case "MetaProperty":
      return nameOf(child(node, "meta") ?? node) === "import" ? REFUSALS.ImportMeta : undefined;
    case "PropertyDefinition":
      return node.accessor === true ? REFUSALS.AccessorProperty : undefined;
    case "ExportNamedDeclaration":
      return child(node, "declaration") ? undefined : REFUSALS.ExportList;
    default:
      return REFUSALS[node.type];
  }
}

function importText(node: SyntaxNode, reserved: ReadonlySet<string>): string {
  const names = children(node, "specifiers").map((part) => nameOf(child(part, "local") ?? part));
  const there = names.find((name) => reserved.has(name));
  if (there) return `Cells cannot import, and need not: \`${there}\` is already there. Remove this line.`;
  return IMPORT;
}

export const EXPORT_LIST =
  "A cell's top-level names are visible in all cells, so there is nothing to export. Remove this line.";

const REFUSALS: Record<string, string> = {
  ImportExpression:
    "Cells cannot load modules with `import(…)`: they run without a network. Use the names of the course's library, which are already there.",
  ImportMeta: "Cells are not modules, so there is no `import.meta`. Remove it.",
  TSImportEqualsDeclaration: IMPORT,
  TSExternalModuleReference: IMPORT,
  TSExportAssignment: EXPORT_LIST,
  ExportList: EXPORT_LIST,
  ExportAllDeclaration: EXPORT_LIST,
  ExportDefaultDeclaration:
    "A cell has no default export: its top-level names are visible in all cells. Write `const name = …` instead.",
  TSEnumDeclaration:
    'Cells take only types that can be erased, and an `enum` is not one. Use an object, `const Color = { red: 0, blue: 1 } as const`, or a type such as `"red" | "blue"`.',
  TSModuleDeclaration:
    "Cells take only types that can be erased, and a `namespace` is not one. Use an object: `const name = { … }`.",
  TSParameterProperty:
    "Cells take only types that can be erased, and a parameter such as `private x` is not one. Declare the field in the class, and set it in the constructor: `this.x = x`.",
  TSTypeAssertion: "Cells take only types that can be erased, and `<T>value` is not one. Write `value as T`.",
  AccessorProperty:
    "Cells have no `accessor` fields, because no browser runs them yet. Write a `get` and a `set` method.",
};

/** A name that the cell declares or changes although it belongs to the notebook or to another cell. */
export function refusedName(names: CellNames, reserved: ReadonlySet<string>): Refusal | undefined {
  const refusals: Refusal[] = [];
  for (const [name, node] of names.outputs) {
    if (reserved.has(name) || INTERNAL.has(name)) refusals.push({ node, message: takenText(name) });
  }
  for (const [name, node] of names.assigned) {
    refusals.push({ node, message: reserved.has(name) ? takenText(name) : foreignText(name) });
  }
  return refusals.sort((a, b) => a.node.start - b.node.start)[0];
}

/** Names that the runtime puts into every cell's code. */
const INTERNAL: ReadonlySet<string> = new Set(["$value", "$snapshot", "$o", "undefined"]);

const takenText = (name: string): string =>
  `\`${name}\` is a name that the notebook gives to all cells, and it cannot be redefined. Choose another, such as \`${INTERNAL.has(name) ? "value" : `my${name[0]?.toUpperCase()}${name.slice(1)}`}\`.`;

const foreignText = (name: string): string =>
  `Only the cell that defines \`${name}\` can change it, and this cell does not. For a new name, write \`let ${name} = …\`; to change it, do so where it is defined; for a changed copy, use another name.`;
