/** Runs stages one after the other and sums up. */
import type { Counts, Stage } from "./stages.ts";

export interface StageResult extends Counts {
  key: string;
  title: string;
  seconds: number;
  /** why it did not run */
  left?: string;
}

/** The stages with these keys, in their usual order; all when none is named. @throws on an unknown key */
export function chooseStages(keys: string[], stages: Stage[]): Stage[] {
  const unknown = keys.find((key) => !stages.some((stage) => stage.key === key));
  if (unknown !== undefined)
    throw new Error(
      `"${unknown}" is no stage. Name one or more of ${stages.map((stage) => stage.key).join(", ")}, or none for all.`,
    );
  return keys.length > 0 ? stages.filter((stage) => keys.includes(stage.key)) : stages;
}

/** A failing stage does not keep the next from running, unless that one needs it. */
export async function runStages(
  stages: Stage[],
  now: () => number,
  log: (text: string) => void,
): Promise<StageResult[]> {
  const results: StageResult[] = [];
  for (const { key, title, needs, run } of stages) {
    const cause = results.find((result) => result.key === needs && result.failed > 0);
    if (cause) {
      results.push({
        key,
        title,
        seconds: 0,
        passed: 0,
        failed: 1,
        skipped: 0,
        left: `not run: ${cause.title} failed`,
      });
      continue;
    }
    log(`\n── ${title} ──`);
    const start = now();
    const counts = await run().catch((error: Error): Counts => {
      log(error.message);
      return { passed: 0, failed: 1, skipped: 0 };
    });
    const seconds = (now() - start) / 1000;
    results.push({ key, title, seconds, ...counts });
    log(`${title}: ${counts.failed > 0 ? "FAILED" : "passed"} in ${seconds.toFixed(1)} s`);
  }
  return results;
}

export function table(results: StageResult[]): string {
  const rows = results.map((result) => [
    result.title,
    `${result.seconds.toFixed(1)} s`,
    `${result.passed} passed`,
    `${result.failed} failed`,
    [result.skipped > 0 ? `${result.skipped} skipped` : "", result.left ?? ""].filter(Boolean).join(", "),
  ]);
  const total = results.reduce((sum, result) => sum + result.seconds, 0);
  rows.push(["all", `${total.toFixed(1)} s`, "", "", ""]);
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const line = (row: string[]): string => {
    const [title = "", ...numbers] = row.slice(0, -1);
    const middle = numbers.map((text, column) => text.padStart(widths[column + 1]!));
    return [title.padEnd(widths[0]!), ...middle, row.at(-1)].join("  ");
  };
  return rows.map((row) => line(row).trimEnd()).join("\n");
}

/** What scripts read: exactly `N passed, M failed`. */
export function lastLine(results: Counts[]): string {
  const sum = (pick: (counts: Counts) => number): number =>
    results.reduce((total, each) => total + pick(each), 0);
  return `${sum((counts) => counts.passed)} passed, ${sum((counts) => counts.failed)} failed`;
}
