import type { FileValue } from "#src/notebook/runtime/bundle.ts";

/** The members of a `File` that reading needs. */
export interface FileLike {
  name: string;
  size: number;
  arrayBuffer(): Promise<ArrayBuffer>;
}

export type ReadFile = { value: FileValue } | { problem: string };

/** The text of a file that a reader chose, or a sentence that says why it is refused. */
export async function readTextFile(file: FileLike, maxBytes: number): Promise<ReadFile> {
  if (file.size > maxBytes) {
    const problem =
      `“${file.name}” is ${sizeText(file.size)}, and this input takes at most ${sizeText(maxBytes)}. ` +
      "Choose a smaller file, or cut a part out of this one.";
    return { problem };
  }
  try {
    const bytes = await file.arrayBuffer();
    const text = decodeText(bytes);
    if (text !== undefined) return { value: { name: file.name, text } };
  } catch {
    return { problem: `“${file.name}” could not be read. Check that it still exists, and choose it again.` };
  }
  const problem =
    `“${file.name}” is not plain text: its bytes are not UTF-8. ` +
    "Save it as a text file (.txt) in UTF-8 and choose that one.";
  return { problem };
}

/** The text without its byte-order mark and with plain line ends; undefined when the bytes are not UTF-8 text. */
function decodeText(bytes: ArrayBuffer): string | undefined {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return text.includes("\0") ? undefined : text.replace(/\r\n?/g, "\n");
  } catch {
    return undefined;
  }
}

/** 5_000_000 → "5 MB", 1_234 → "1.2 kB" */
export function sizeText(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  const [unit, size] = bytes < 1e6 ? ["kB", bytes / 1e3] : ["MB", bytes / 1e6];
  return `${Number(size.toFixed(1))} ${unit}`;
}
