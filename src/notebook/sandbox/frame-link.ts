import { CONNECT, HELLO, type FrameReport, type PortMessage } from "./control.ts";

/** The page's end of one frame. No engine tells it when the frame's process ends: that is the heartbeat's work. */
export interface FrameLink {
  post(message: PortMessage): void;
  /** takes the frame out of the page, and with it every worker */
  remove(): void;
}

export interface FrameLinkOptions {
  url: string;
  timeout: number;
  /** a text comes from a worker, an object from our own frame */
  onMessage(message: string | FrameReport): void;
}

export class FrameBlockedError extends Error {}

const BLOCKED =
  "The hidden frame that runs the cells did not open. A content blocker may hold it back: " +
  "allow frames of this site, then reload the page.";

/** Opens the hidden frame and hands it a port. @throws when the frame stays silent */
export async function openFrame(options: FrameLinkOptions): Promise<FrameLink> {
  const frame = document.createElement("iframe");
  frame.setAttribute("sandbox", "allow-scripts");
  frame.setAttribute("aria-hidden", "true");
  frame.title = "Where cells run";
  frame.tabIndex = -1;
  frame.hidden = true;
  frame.src = options.url;
  const hello = heardFrom(frame, options.timeout);
  document.body.append(frame);
  if (!(await hello)) {
    frame.remove();
    throw new FrameBlockedError(BLOCKED);
  }
  return connect(frame, options);
}

function connect(frame: HTMLIFrameElement, options: FrameLinkOptions): FrameLink {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = (event) => options.onMessage(event.data);
  // an opaque origin has no name to send to; the message holds no secret, and the window is the one we made
  frame.contentWindow?.postMessage(CONNECT, "*", [port2]);
  return {
    post: (message) => port1.postMessage(message),
    remove() {
      port1.onmessage = null;
      port1.close();
      frame.remove();
    },
  };
}

/** Whether this very frame says hello in time: its origin is "null", so only the source tells it from others. */
function heardFrom(frame: HTMLIFrameElement, timeout: number): Promise<boolean> {
  return new Promise((resolve) => {
    const finish = (isHeard: boolean) => {
      clearTimeout(timer);
      removeEventListener("message", listen);
      resolve(isHeard);
    };
    const listen = (event: MessageEvent) => {
      if (event.source === frame.contentWindow && event.data === HELLO) finish(true);
    };
    const timer = setTimeout(() => finish(false), timeout);
    addEventListener("message", listen);
  });
}
