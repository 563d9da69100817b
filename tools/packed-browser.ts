/** The headless Chromium that @sparticuz/chromium carries: unpacked once, into node_modules/.cache. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./program.ts";

export interface PackedBrowser {
  executablePath: string;
  env?: Record<string, string>;
}

/** @throws when it cannot be unpacked or does not run here even with its own libraries */
export async function packedBrowser(
  folder = join(ROOT, "node_modules/.cache/chromium"),
): Promise<PackedBrowser> {
  const { default: packed, inflate } = await import("@sparticuz/chromium");
  const mark = join(folder, "complete");
  // the package takes any file of the right name for a finished one, also half of one
  if (!existsSync(mark)) rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const bin = join(ROOT, "node_modules/@sparticuz/chromium/bin");
  const executablePath = await withTemporaryFolder(folder, async () => {
    const path = await packed.executablePath(bin);
    if (!existsSync(join(folder, "al2023"))) await inflate(join(bin, "al2023.tar.br"));
    return path;
  });
  writeFileSync(mark, "");
  // its flags (chromium.args) are left alone: they switch off the isolation that the tests look at
  const env = environment(executablePath, folder);
  return { executablePath, ...(env && { env }) };
}

/** A bare machine lacks the NSS libraries or the fonts; the package has both. */
function environment(executablePath: string, folder: string): Record<string, string> | undefined {
  const fonts: Record<string, string> = existsSync("/etc/fonts/fonts.conf")
    ? {}
    : { FONTCONFIG_PATH: join(folder, "fonts") };
  const libraries = { LD_LIBRARY_PATH: join(folder, "al2023/lib") };
  const inherited = process.env as Record<string, string>;
  if (runs(executablePath, { ...inherited, ...fonts }))
    return Object.keys(fonts).length > 0 ? { ...inherited, ...fonts } : undefined;
  const own = { ...inherited, ...fonts, ...libraries };
  if (runs(executablePath, own)) return own;
  throw new Error(`${executablePath} does not run on this machine, not even with its own libraries`);
}

const runs = (file: string, env: Record<string, string>): boolean =>
  spawnSync(file, ["--version"], { env, timeout: 60_000 }).status === 0;

/** The package unpacks into the temporary folder and has no option for another. */
async function withTemporaryFolder<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const before = process.env.TMPDIR;
  process.env.TMPDIR = folder;
  try {
    return await work();
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
}
