/** Serves what the tests look at: dist/ at E2E_PORT, and the build for a base path on the next port. */
import { join } from "node:path";
import { ROOT } from "../tools/program.ts";
import { listen, siteHandler } from "../tools/serve.ts";
import { BASE_BUILD } from "../tools/stages.ts";

const port = Number(process.env.E2E_PORT);
await listen(siteHandler(join(ROOT, "dist")), port, ["127.0.0.1"]);
await listen(siteHandler(join(ROOT, BASE_BUILD.folder), BASE_BUILD.base), port + 1, ["127.0.0.1"]);
console.log(`Serving at http://127.0.0.1:${port}/ and http://127.0.0.1:${port + 1}${BASE_BUILD.base}`);
