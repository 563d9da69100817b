/** Runs the command line programs that packages bring, under this very Node. */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

export const ROOT = join(import.meta.dirname, "..");

/** The file behind a package's command: `programFile("@playwright/test", "playwright")`. */
export function programFile(packageName: string, command = packageName): string {
  const folder = join(ROOT, "node_modules", packageName);
  const { bin } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
    bin: string | Record<string, string>;
  };
  const file = typeof bin === "string" ? bin : bin[command];
  if (!file) throw new Error(`The package ${packageName} has no command ${command}.`);
  return join(folder, file);
}

export interface RunOptions {
  env?: Record<string, string>;
  /** the program is ended after this time; default 15 minutes */
  minutes?: number;
}

/** Runs a program with this terminal as its own; the answer is its exit code (124 = ended for its time). */
export function runNode(args: string[], { env = {}, minutes = 15 }: RunOptions = {}): Promise<number> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, args, {
      cwd: ROOT,
      stdio: "inherit",
      env: { ...process.env, ASTRO_TELEMETRY_DISABLED: "1", ...env },
    });
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      child.kill("SIGKILL");
    }, minutes * 60_000);
    child.once("error", fail);
    child.once("exit", (code) => {
      clearTimeout(timer);
      if (isLate) console.error(`Ended after ${minutes} minutes.`);
      done(isLate ? 124 : (code ?? 1));
    });
  });
}

/** Builds the site; by default into dist/, for the base path of BASE_PATH. */
export const buildSite = (outDir = "dist", env: Record<string, string> = {}): Promise<number> =>
  runNode([programFile("astro"), "build", "--outDir", outDir], { env });
