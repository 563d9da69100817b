import { assert } from "#src/util/assert.ts";

/**
 * The text of a data file: a first line "name count", comment lines that begin with "#", then one record a line.
 * Records have no line breaks; the count shows when a file was cut off.
 */
export function formatRecords(name: string, records: string[], comment = ""): string {
  const broken = records.findIndex((record) => /[\r\n]/.test(record) || record === "" || record[0] === "#");
  assert(broken === -1, `${name}: record ${broken} is empty, is a comment, or has a line break`);
  const comments = comment === "" ? [] : comment.split("\n").map((line) => `# ${line}`.trimEnd());
  return [`${name} ${records.length}`, ...comments, ...records].join("\n") + "\n";
}

/**
 * The records of a data file that `formatRecords` wrote.
 *
 * @throws Error when the text is another file, or has more or fewer records than it says
 */
export function parseRecords(name: string, text: string): string[] {
  const lines = text.split("\n");
  const [owner, count] = (lines.shift() ?? "").split(" ");
  const start = text.slice(0, 20).trim();
  assert(owner === name, `${name}: expected a data file that begins with "${name}", got "${start}"`);
  assert(lines.pop() === "", `${name}: the data file stops within a line`);
  const first = lines.findIndex((line) => !line.startsWith("#"));
  const records = first === -1 ? [] : lines.slice(first);
  assert(
    records.length === Number(count),
    `${name}: expected ${count} records in the data file, got ${records.length}`,
  );
  return records;
}

/** Throws unless the record is as it must be: "names: record 3 must be a name and f or m, got …". */
export function assertRecord(condition: unknown, name: string, at: number, what: string): asserts condition {
  if (condition) return;
  throw new Error(`${name}: the data file is damaged: record ${at} ${what}`);
}
