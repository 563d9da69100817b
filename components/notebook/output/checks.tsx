import type { CheckResult } from "#src/notebook/runtime/bundle.ts";

/** An exercise's check, property by property, in words and shape. */
export function Checks({ results }: { results: CheckResult[] }) {
  const passed = results.filter((result) => result.passed).length;
  return (
    <div class="output-checks">
      <p class="checks-summary">
        {passed} of {results.length} passed
      </p>
      <ul role="list">
        {results.map((result, k) => (
          <Check key={k} result={result} />
        ))}
      </ul>
    </div>
  );
}

function Check({ result }: { result: CheckResult }) {
  return (
    <li class={result.passed ? "is-passed" : "is-failed"}>
      <span class="check-mark">
        <span aria-hidden="true">{result.passed ? "✓" : "✗"}</span> {result.passed ? "passed" : "failed"}
      </span>
      <span class="check-sentence">{result.sentence}</span>
      {result.detail && <pre class="check-detail">{result.detail}</pre>}
    </li>
  );
}
