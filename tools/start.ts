/** `npm start`: builds the site and serves it. PORT, HOST and BASE_PATH are read from the environment. */
import { join } from "node:path";
import { basePath } from "./base-path.ts";
import { buildSite, ROOT } from "./program.ts";
import { listenFrom, LOOPBACK, siteHandler } from "./serve.ts";

const wanted = Number(process.env.PORT ?? 4321);
const host = process.env.HOST;

async function start(): Promise<void> {
  if (!Number.isInteger(wanted) || wanted < 1 || wanted > 65_535)
    throw new Error(`PORT must be a number from 1 to 65535; it is "${process.env.PORT}".`);
  console.log("Building the site; every lesson is run once, then kept…");
  if ((await buildSite()) !== 0)
    throw new Error("The build failed; its message is above. Mend it and run npm start again.");
  const base = basePath();
  const port = await listenFrom(siteHandler(join(ROOT, "dist"), base), wanted, host ? [host] : LOOPBACK);
  if (port !== wanted) console.log(`Port ${wanted} is taken; using ${port}.`);
  console.log(`Unrolled is at http://${host ?? "localhost"}:${port}${base} (Ctrl+C ends it)`);
}

try {
  await start();
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
