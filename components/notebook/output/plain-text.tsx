const LONG_LINES = 24;
const LONG_LINE = 90;

/** Text as it is, in a box that scrolls when it is long. */
export function PlainText({ text }: { text: string }) {
  const lines = text.split("\n");
  const isLong = lines.length > LONG_LINES || lines.some((line) => line.length > LONG_LINE);
  return (
    <pre class="output-text" {...(isLong ? { tabIndex: 0, role: "group", "aria-label": "Text output" } : {})}>
      {text}
    </pre>
  );
}
