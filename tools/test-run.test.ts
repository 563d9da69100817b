import { describe, expect, test } from "vitest";
import { checked, countPlaywright, countVitest, type Counts, type Stage } from "./stages.ts";
import { chooseStages, lastLine, runStages, table } from "./test-run.ts";

const stage = (key: string, counts: Partial<Counts>, needs?: string): Stage => ({
  key,
  title: key,
  ...(needs && { needs }),
  run: () => Promise.resolve({ passed: 0, failed: 0, skipped: 0, ...counts }),
});
function clock(): () => number {
  let time = 0;
  return () => (time += 1500);
}

describe("npm test", () => {
  test("a failing stage does not keep the others from running, but a failed build leaves out the browser", async () => {
    const stages = [
      stage("types", { failed: 1 }),
      stage("unit", { passed: 12, skipped: 2 }),
      stage("build", { failed: 1 }),
      stage("browser", { passed: 5 }, "build"),
    ];
    const results = await runStages(stages, clock(), () => {});
    expect(table(results)).toBe(
      [
        "types    1.5 s   0 passed  1 failed",
        "unit     1.5 s  12 passed  0 failed  2 skipped",
        "build    1.5 s   0 passed  1 failed",
        "browser  0.0 s   0 passed  1 failed  not run: build failed",
        "all      4.5 s",
      ].join("\n"),
    );
    expect(lastLine(results)).toBe("12 passed, 3 failed");
  });

  test("the browser tests run on their own when the build is not asked for", async () => {
    const results = await runStages([stage("browser", { passed: 5 }, "build")], clock(), () => {});
    expect(lastLine(results)).toBe("5 passed, 0 failed");
  });

  test("a stage that throws has failed, and its message is shown", async () => {
    const lines: string[] = [];
    const broken: Stage = { ...stage("unit", {}), run: () => Promise.reject(new Error("no such program")) };
    const results = await runStages([broken], clock(), (line) => lines.push(line));
    expect(lastLine(results)).toBe("0 passed, 1 failed");
    expect(lines).toContain("no such program");
    expect(lines.at(-1)).toBe("unit: FAILED in 1.5 s");
  });

  test("one stage can be asked for, and an unknown one is named", () => {
    const stages = [stage("types", {}), stage("unit", {})];
    expect(chooseStages(["unit"], stages).map(({ key }) => key)).toEqual(["unit"]);
    expect(chooseStages([], stages)).toHaveLength(2);
    expect(() => chooseStages(["units"], stages)).toThrow(
      '"units" is no stage. Name one or more of types, unit, or none for all.',
    );
  });

  test("no test at all is a failure", () => {
    expect(checked(0, countVitest(undefined)).failed).toBe(1);
    expect(checked(0, { passed: 0, failed: 0, skipped: 3 }).failed).toBe(1);
  });

  test("a bad exit without a failed test is a failure", () => {
    expect(checked(1, { passed: 4, failed: 0, skipped: 0 })).toEqual({ passed: 4, failed: 1, skipped: 0 });
    expect(checked(1, { passed: 4, failed: 2, skipped: 0 }).failed).toBe(2);
  });

  test("a test file that breaks before its first test counts as one failed test", () => {
    const report = {
      numPassedTests: 3,
      numFailedTests: 1,
      numPendingTests: 1,
      numTodoTests: 0,
      testResults: [
        { status: "failed", assertionResults: [] },
        { status: "failed", assertionResults: [{ status: "failed" }, { status: "passed" }] },
        { status: "passed", assertionResults: [{ status: "passed" }] },
      ],
    };
    expect(countVitest(report)).toEqual({ passed: 3, failed: 2, skipped: 1 });
  });

  test("Playwright's flaky tests have passed, and an error outside the tests counts", () => {
    const stats = { expected: 5, unexpected: 0, flaky: 1, skipped: 2 };
    expect(countPlaywright({ stats })).toEqual({ passed: 6, failed: 0, skipped: 2 });
    expect(countPlaywright({ stats, errors: [{}] }).failed).toBe(1);
  });
});
