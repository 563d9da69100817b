import { listen } from "../tools/serve.ts";

/** A port that is free together with the next one. */
export async function freePort(first = 4400): Promise<number> {
  for (let port = first; port < first + 400; port += 2) {
    if ((await isFree(port)) && (await isFree(port + 1))) return port;
  }
  throw new Error(`No two free ports from ${first} on. Name the first of two: E2E_PORT=9000 npm test.`);
}

async function isFree(port: number): Promise<boolean> {
  try {
    for (const server of await listen(() => {}, port, ["127.0.0.1"])) {
      await new Promise((done) => server.close(done));
    }
    return true;
  } catch {
    return false;
  }
}
