import { CONNECT, HELLO } from "./control.ts";
import { FrameHost } from "./frame-host.ts";

/**
 * Entry: the script inside the sandboxed frame's document.
 *
 * It refuses to work unless its origin is opaque and someone holds it: a frame with the site's own origin would
 * lend that origin to whatever runs in the worker. It obeys one port only, the first that its parent hands over.
 */
function connect(port: MessagePort): void {
  let url = "";
  const host = new FrameHost({
    createWorker(code) {
      // a classic worker: Chromium lets blob *module* workers of an opaque origin fail without a word
      url ||= URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
      return new Worker(url);
    },
    post: (message) => port.postMessage(message),
    now: () => performance.now(),
  });
  port.onmessage = (event) => host.receive(event.data);
}

function listen(event: MessageEvent): void {
  const port = event.ports[0];
  if (event.source !== parent || event.data !== CONNECT || !port) return;
  removeEventListener("message", listen);
  connect(port);
}

if (self.origin === "null" && parent !== self) {
  addEventListener("message", listen);
  parent.postMessage(HELLO, "*");
}
