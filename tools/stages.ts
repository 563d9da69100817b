/** The stages of `npm test` and how each one counts. */
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { buildSite, programFile, ROOT, runNode } from "./program.ts";

export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

export interface Stage {
  /** the word after `node tools/test.ts` */
  key: string;
  title: string;
  /** the stage without which this one has nothing to look at */
  needs?: string;
  run(): Promise<Counts>;
}

/** A second build under another path: links and assets must not assume the root. */
export const BASE_BUILD = { folder: "node_modules/.cache/dist-base", base: "/course/" };

const ONE_FAILED: Counts = { passed: 0, failed: 1, skipped: 0 };

/** A stage without tests of its own is one test. */
const asOne = (isGood: boolean): Counts => ({
  ...ONE_FAILED,
  passed: Number(isGood),
  failed: Number(!isGood),
});

export const STAGES: Stage[] = [
  {
    key: "types",
    title: "types",
    run: async () => asOne((await runNode([programFile("astro"), "check"])) === 0),
  },
  { key: "lint", title: "lint and format", run: lint },
  { key: "unit", title: "unit tests", run: () => vitest("unit") },
  { key: "lessons", title: "lesson tests", run: () => vitest("lessons") },
  { key: "build", title: "build", run: build },
  { key: "browser", title: "browser tests", needs: "build", run: browserTests },
];

async function lint(): Promise<Counts> {
  const isClean = (await runNode([programFile("eslint"), ".", "--max-warnings", "0"])) === 0;
  const isFormatted = (await runNode([programFile("prettier"), "--check", "--log-level", "warn", "."])) === 0;
  return asOne(isClean && isFormatted);
}

async function vitest(project: string): Promise<Counts> {
  const file = reportFile(project);
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
  const code = await runNode([programFile("vitest"), "run", "--project", project, ...reporters]);
  return checked(code, countVitest(readReport(file)));
}

async function build(): Promise<Counts> {
  if ((await buildSite()) !== 0) return ONE_FAILED;
  console.log(`\nOnce more, for the base path ${BASE_BUILD.base}`);
  return asOne((await buildSite(BASE_BUILD.folder, { BASE_PATH: BASE_BUILD.base })) === 0);
}

async function browserTests(): Promise<Counts> {
  if (!existsSync(join(ROOT, "dist/index.html"))) {
    console.error("There is no built site to look at. Run node tools/test.ts build browser.");
    return ONE_FAILED;
  }
  const file = reportFile("browser");
  const program = programFile("@playwright/test", "playwright");
  const code = await runNode([program, "test", "-c", "e2e"], { env: { E2E_REPORT: file } });
  return checked(code, countPlaywright(readReport(file)));
}

function reportFile(name: string): string {
  const folder = join(ROOT, "node_modules/.cache/test-reports");
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${name}.json`);
  rmSync(file, { force: true });
  return file;
}

/** undefined when the program ended before it could write one */
function readReport(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}

/** A stage that ran no test, or that ended badly without a failed test, has failed. */
export function checked(exitCode: number, counts: Counts): Counts {
  const isEmpty = counts.passed + counts.failed === 0;
  if (isEmpty) console.error("No test ran, which counts as a failure.");
  return isEmpty || (exitCode !== 0 && counts.failed === 0)
    ? { ...counts, failed: counts.failed + 1 }
    : counts;
}

interface VitestReport {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  testResults: { status: string; assertionResults: { status: string }[] }[];
}

/** Tests by outcome; a file that broke before its first test counts as one failed test. */
export function countVitest(report: unknown): Counts {
  if (!report) return { passed: 0, failed: 0, skipped: 0 };
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } =
    report as VitestReport;
  const broken = testResults.filter(
    (file) => file.status === "failed" && !file.assertionResults.some((test) => test.status === "failed"),
  );
  return {
    passed: numPassedTests,
    failed: numFailedTests + broken.length,
    skipped: numPendingTests + numTodoTests,
  };
}

interface PlaywrightReport {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number };
  errors?: unknown[];
}

/** A flaky test has passed in the end; an error outside all tests counts as one failed test. */
export function countPlaywright(report: unknown): Counts {
  if (!report) return { passed: 0, failed: 0, skipped: 0 };
  const { stats, errors = [] } = report as PlaywrightReport;
  return {
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected + (errors.length > 0 && stats.unexpected === 0 ? 1 : 0),
    skipped: stats.skipped,
  };
}
