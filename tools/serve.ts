/** A plain file server for the built site: no header but the type, as on any static host. */
import { createReadStream, statSync } from "node:fs";
import { createServer, type RequestListener, type Server, type ServerResponse } from "node:http";
import { extname, join, resolve, sep } from "node:path";

const TYPES: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".webmanifest": "application/manifest+json; charset=utf-8",
  ".txt": "text/plain; charset=utf-8",
  ".md": "text/markdown; charset=utf-8",
  ".csv": "text/csv; charset=utf-8",
  ".bib": "text/plain; charset=utf-8",
  ".xml": "application/xml; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".webp": "image/webp",
  ".avif": "image/avif",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
  ".wasm": "application/wasm",
  ".pdf": "application/pdf",
  ".zip": "application/zip",
};

export type Found =
  { status: 200 | 404; file: string } | { status: 301; location: string } | { status: 400 | 404 };

/** What a request path means in a folder: a file, a redirect to the folder's slash, or nothing. */
export function findFile(root: string, base: string, url: string): Found {
  const [rawPath = "/", query] = url.split("?", 2);
  if (`${rawPath}/` === base) return { status: 301, location: base };
  if (!rawPath.startsWith(base)) return { status: 404 };
  const path = decoded(rawPath.slice(base.length));
  const file = path === undefined ? undefined : resolve(root, path.replace(/\/$/, "") || ".");
  if (file === undefined || (file !== resolve(root) && !file.startsWith(resolve(root) + sep)))
    return { status: 400 };
  const isFolder = statSync(file, { throwIfNoEntry: false })?.isDirectory() ?? false;
  if (isFolder && !isFile(join(file, "index.html"))) return missing(root);
  if (isFolder && rawPath.endsWith("/")) return { status: 200, file: join(file, "index.html") };
  // one leading slash only: `//host` would send the browser to another site
  if (isFolder)
    return { status: 301, location: `/${rawPath.replace(/^\/+/, "")}/${query ? `?${query}` : ""}` };
  return isFile(file) && !rawPath.endsWith("/") ? { status: 200, file } : missing(root);
}

/** undefined for what no file name can be: a bad escape, a NUL, a backslash, a step upwards */
function decoded(path: string): string | undefined {
  try {
    const plain = decodeURIComponent(path);
    return plain.includes("\0") || plain.includes("\\") || plain.split("/").includes("..")
      ? undefined
      : plain;
  } catch {
    return undefined;
  }
}

const isFile = (file: string): boolean => statSync(file, { throwIfNoEntry: false })?.isFile() ?? false;

function missing(root: string): Found {
  const file = join(root, "404.html");
  return isFile(file) ? { status: 404, file } : { status: 404 };
}

/** Serves a folder under a base path such as `/course/`. */
export function siteHandler(root: string, base = "/"): RequestListener {
  return (request, response) => {
    if (request.method !== "GET" && request.method !== "HEAD") {
      response.writeHead(405, { allow: "GET, HEAD" }).end();
      return;
    }
    const found = findFile(root, base, request.url ?? "/");
    if ("file" in found) {
      send(found.file, found.status, request.method === "HEAD", response);
    } else if ("location" in found) {
      response.writeHead(301, { location: found.location }).end();
    } else {
      response.writeHead(found.status, { "content-type": "text/plain; charset=utf-8" });
      response.end(found.status === 400 ? "Bad request" : `Not found. The site is at ${base}`);
    }
  };
}

function send(file: string, status: number, isHead: boolean, response: ServerResponse): void {
  const type = TYPES[extname(file).toLowerCase()] ?? "application/octet-stream";
  response.writeHead(status, { "content-type": type, "content-length": statSync(file).size });
  if (isHead) response.end();
  else
    createReadStream(file)
      .on("error", () => response.destroy())
      .pipe(response);
}

/** Both loopback addresses: `localhost` means either, and another program may hold one of them. */
export const LOOPBACK = ["127.0.0.1", "::1"];

/** Listens on every host that the machine has. @throws the EADDRINUSE error when one is taken */
export async function listen(handler: RequestListener, port: number, hosts = LOOPBACK): Promise<Server[]> {
  const servers: Server[] = [];
  for (const host of hosts) {
    try {
      servers.push(await listenOn(handler, port, host));
    } catch (error) {
      const isAbsent = ["EADDRNOTAVAIL", "EAFNOSUPPORT"].includes(
        (error as NodeJS.ErrnoException).code ?? "",
      );
      if (isAbsent && (servers.length > 0 || host !== hosts.at(-1))) continue;
      for (const server of servers) server.close();
      throw error;
    }
  }
  return servers;
}

function listenOn(handler: RequestListener, port: number, host: string): Promise<Server> {
  return new Promise((done, fail) => {
    const server = createServer(handler);
    server.once("error", fail);
    server.listen(port, host, () => done(server));
  });
}

/** Listens on the first free port from `port` on. @throws when twenty in a row are taken */
export async function listenFrom(handler: RequestListener, port: number, hosts = LOOPBACK): Promise<number> {
  for (let candidate = port; candidate < port + 20; candidate++) {
    try {
      await listen(handler, candidate, hosts);
      return candidate;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE") throw error;
    }
  }
  throw new Error(`Ports ${port} to ${port + 19} are all taken. Choose another: PORT=8080 npm start.`);
}
