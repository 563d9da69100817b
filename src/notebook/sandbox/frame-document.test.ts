import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { frameDocument } from "./frame-document.ts";

test("the policy allows exactly the script that stands in the document", () => {
  const html = frameDocument("let α = 1;\nrun(α)");
  const script = /<script>([\s\S]*)<\/script>/.exec(html)![1]!;
  const hash = createHash("sha256").update(script, "utf8").digest("base64");
  expect(script).toBe("let α = 1;\nrun(α)");
  expect(html).toContain(`script-src 'sha256-${hash}' 'wasm-unsafe-eval' blob:`);
});

test("the frame may reach nothing: no network, no forms, no base, no eval", () => {
  const policy = /content="([^"]+)"/.exec(frameDocument("0"))![1]!;
  expect(policy.split("; ").filter((part) => !part.startsWith("script-src"))).toEqual([
    "default-src 'none'",
    "worker-src blob:",
    "connect-src 'none'",
    "form-action 'none'",
    "base-uri 'none'",
  ]);
  expect(policy).not.toMatch(/'self'|'unsafe-inline'|'unsafe-eval'|https?:|\*/);
});

test("the policy stands before the script", () => {
  const html = frameDocument("0");
  expect(html.indexOf("Content-Security-Policy")).toBeLessThan(html.indexOf("<script>"));
});

test("a script that would end its own element is refused", () => {
  for (const script of ['"</script>"', '"</SCRIPT "', '"<!--"', "a\r\nb"]) {
    expect(() => frameDocument(script)).toThrow(
      "frameDocument: the script must not contain `</script`, `<!--` or a carriage return, because it stands " +
        "inside a <script> element whose hash the policy names; write such a text in two parts",
    );
  }
});
