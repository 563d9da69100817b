import { createHash } from "node:crypto";

/**
 * The document of the hidden frame, for the build: its own strict policy, and one script named by its hash.
 *
 * @param script the bundled `frame.ts`, one classic script
 * @throws when the script would end its own element early
 */
export function frameDocument(script: string): string {
  if (/<\/script|<!--|\r/i.test(script)) {
    throw new Error(
      "frameDocument: the script must not contain `</script`, `<!--` or a carriage return, because it stands " +
        "inside a <script> element whose hash the policy names; write such a text in two parts",
    );
  }
  return [
    "<!doctype html>",
    '<html lang="en">',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${framePolicy(script)}">`,
    "<title>Where cells run</title>",
    `<script>${script}</script>`,
    "</html>",
    "",
  ].join("\n");
}

/** `'self'` is left out on purpose: WebKit matches nothing with it in an opaque origin. */
function framePolicy(script: string): string {
  const hash = createHash("sha256").update(script, "utf8").digest("base64");
  return [
    "default-src 'none'",
    `script-src 'sha256-${hash}' 'wasm-unsafe-eval' blob:`,
    "worker-src blob:",
    "connect-src 'none'",
    "form-action 'none'",
    "base-uri 'none'",
  ].join("; ");
}
