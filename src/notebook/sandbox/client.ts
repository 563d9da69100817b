import type { PageMessage, RuntimeMessage } from "../runtime/message.ts";
import { createBoot, type Boot } from "./boot.ts";
import type { FrameReport } from "./control.ts";
import { afterFrame, Credits, type Scheduler } from "./credits.ts";
import { FrameBlockedError, openFrame, type FrameLink } from "./frame-link.ts";
import { Heartbeat } from "./heartbeat.ts";
import { droppedNote, FLOODED_NOTES, MEMORY_NOTE } from "./notes.ts";
import { parseRuntimeMessage } from "./protocol.ts";
import type { Sandbox, SandboxOptions } from "./sandbox.ts";
import { newSession } from "./session.ts";
import { watchStop, type StopWatch } from "./stop-watch.ts";
import { createSupplies, type Supplies } from "./supplies.ts";

export type { LostReason, Sandbox, SandboxOptions } from "./sandbox.ts";

/** What touches the browser; tests bring their own. */
export interface SandboxParts {
  openFrame: typeof openFrame;
  fetch: (url: string) => Promise<Response>;
  /** when taken messages are given back to the frame as credits */
  schedule: Scheduler;
}

const BROWSER: SandboxParts = { openFrame, fetch: (url) => fetch(url), schedule: afterFrame };

export function createSandbox(options: SandboxOptions, parts: SandboxParts = BROWSER): Sandbox {
  return new SandboxClient(options, parts);
}

/** A page may not be made to fetch and copy files without end. */
const MAX_NEEDS = 500;
const DISPOSED = "The lesson was closed before its cells had started.";
/** When a first run never ends, the spare must still be there for Stop. */
const SPARE_DELAY = 1000;
const FRAME_TIMEOUT = 10_000;

const WAITS_FOR_READY = new Set(["cells", "run", "input"]);

/**
 * One reader's sandbox. Invariant: a text is believed only while the frame's last `spawned` names the generation
 * that this page wants; so nothing of a dead worker is ever shown.
 */
class SandboxClient implements Sandbox {
  readonly #options: SandboxOptions;
  readonly #parts: SandboxParts;
  readonly #supplies: Supplies;
  readonly #credits: Credits;
  readonly #heartbeat: Heartbeat;
  #link: FrameLink | null = null;
  #opening: Promise<void> | null = null;
  #boot: Boot | null = null;
  #session = newSession();
  #wanted = 0;
  #speaking = 0;
  #pings = 0;
  /** a worker of the present frame has been ready: what ends the frame now is a cell */
  #wasReady = false;
  #isDisposed = false;
  #held: PageMessage[] = [];
  #stopWatch: StopWatch | null = null;
  #stopping: Promise<"soft" | "hard"> | null = null;
  #spareTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: SandboxOptions, parts: SandboxParts) {
    const { manifest, base } = options;
    this.#options = options;
    this.#parts = parts;
    this.#supplies = createSupplies({ manifest, base, fetch: parts.fetch });
    this.#credits = new Credits(
      (messages, size) => this.#link?.post({ frame: "credit", generation: this.#speaking, messages, size }),
      parts.schedule,
    );
    this.#heartbeat = new Heartbeat({
      beat: (n) => this.#link?.post({ frame: "ping", n }),
      onDead: () => this.#onGone(),
    });
  }

  start(): Promise<void> {
    this.#opening ??= this.#open();
    return this.#opening;
  }

  send(message: PageMessage): void {
    const { isReady, activity } = this.#session;
    if (!isReady) {
      if (WAITS_FOR_READY.has(message.type)) this.#held.push(message);
      return;
    }
    activity.sent(message);
    if (!activity.isIdle) this.#heartbeat.start();
    this.#link?.post(message);
  }

  stop(): Promise<"soft" | "hard"> {
    this.#held = this.#held.filter((message) => message.type !== "run");
    if (!this.#session.isReady) return Promise.resolve("soft");
    this.#stopping ??= this.#stop().finally(() => (this.#stopping = null));
    return this.#stopping;
  }

  restart(): Promise<void> {
    return this.#link ? this.#spawn() : this.start();
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#boot?.fail(DISPOSED);
    this.#close();
  }

  async #open(): Promise<void> {
    try {
      const code = this.#supplies.runtime();
      // the frame may fail first; this failure then has no one to tell
      code.catch(() => {});
      const link = await this.#parts.openFrame({
        url: this.#supplies.frameUrl,
        timeout: FRAME_TIMEOUT,
        onMessage: (message) => this.#receive(message),
      });
      this.#link = link;
      if (this.#isDisposed) throw new Error(DISPOSED);
      link.post({ frame: "code", code: await code });
    } catch (error) {
      this.#close();
      throw error;
    }
    await this.#spawn();
  }

  #spawn(): Promise<void> {
    if (this.#boot) return this.#boot.promise;
    const boot = createBoot();
    this.#boot = boot;
    this.#session = newSession();
    this.#heartbeat.start();
    clearTimeout(this.#spareTimer);
    this.#link?.post({ frame: "spawn", generation: ++this.#wanted });
    return boot.promise.catch((error: unknown) => {
      this.#close();
      throw error;
    });
  }

  /** Back to the state before `start`, which may be called again. */
  #close(): void {
    this.#link?.remove();
    this.#link = null;
    this.#opening = null;
    this.#boot = null;
    this.#wasReady = false;
    this.#session = newSession();
    this.#heartbeat.stop();
    clearTimeout(this.#spareTimer);
  }

  async #stop(): Promise<"soft" | "hard"> {
    const session = this.#session;
    const n = -++this.#pings;
    this.#stopWatch = watchStop(n, session.activity);
    this.send({ type: "stop" });
    this.send({ type: "ping", n });
    const isSoft = await this.#stopWatch.promise;
    this.#stopWatch = null;
    if (isSoft) return "soft";
    // a worker that was lost meanwhile is being replaced already
    if (session === this.#session) await this.#recover(this.#spawn());
    else await this.#boot?.promise.catch(() => {});
    return "hard";
  }

  #receive(message: string | FrameReport): void {
    this.#heartbeat.heard();
    if (typeof message !== "string") return this.#heed(message);
    this.#credits.take(message.length);
    if (this.#speaking !== this.#wanted) return;
    const parsed = parseRuntimeMessage(message);
    if (parsed) this.#route(parsed);
  }

  #heed(report: FrameReport): void {
    if (report.frame === "spawned") {
      this.#speaking = report.generation;
      this.#credits.reset();
    }
    if (report.frame === "alive" || report.generation !== this.#wanted) return;
    if (report.frame === "worker-error") {
      this.#boot?.fail(
        `The cells could not start: ${report.message || "the browser refused the worker"}. Reload the page.`,
      );
    } else if (report.frame === "flooded") {
      this.#onFlooded(FLOODED_NOTES[report.why]);
    } else if (report.frame === "dropped") {
      const note = droppedNote(report.route, report.size);
      if (note) this.#show(note);
    }
  }

  #route(message: RuntimeMessage): void {
    const { activity } = this.#session;
    if (message.type === "ready") return this.#onReady(message);
    if (message.type === "need") return this.#onNeed(message);
    activity.heard(message);
    if (message.type === "idle") this.#onIdle();
    this.#stopWatch?.hear(message);
    if (message.type !== "pong" || message.n >= 0) this.#show(message);
  }

  #show(message: RuntimeMessage): void {
    const admitted = this.#session.caps.admit(message);
    if (admitted) this.#options.onMessage(admitted);
  }

  /** A second `ready` of the same worker is forged. */
  #onReady(message: RuntimeMessage): void {
    if (!this.#boot) return;
    this.#boot.ready();
    this.#boot = null;
    this.#wasReady = true;
    this.#session.isReady = true;
    this.#heartbeat.stop();
    this.#spareTimer = setTimeout(() => this.#prepareSpare(), SPARE_DELAY);
    this.#options.onMessage(message);
    for (const held of this.#held.splice(0)) this.send(held);
  }

  #onIdle(): void {
    this.#heartbeat.stop();
    this.#prepareSpare();
  }

  #prepareSpare(): void {
    clearTimeout(this.#spareTimer);
    this.#link?.post({ frame: "spare" });
  }

  #onNeed(need: Extract<RuntimeMessage, { type: "need" }>): void {
    const session = this.#session;
    if (++session.needs > MAX_NEEDS) return;
    void this.#supplies.answer(need).then((supply) => {
      if (session === this.#session) this.#link?.post(supply);
    });
  }

  #onFlooded(message: string): void {
    if (this.#boot) return this.#boot.fail(message);
    const recovery = this.#spawn();
    this.#options.onLost({ kind: "flooded", message });
    void this.#recover(recovery);
  }

  #onGone(): void {
    const boot = this.#boot;
    if (boot && !this.#wasReady) return boot.fail(MEMORY_NOTE);
    this.#close();
    const recovery = this.start();
    if (boot) recovery.then(boot.ready, (error: Error) => boot.fail(error.message));
    this.#options.onLost({ kind: "memory", message: MEMORY_NOTE });
    void this.#recover(recovery);
  }

  /** Nobody waits for this worker by name: when it does not come, the page must still hear of it. */
  async #recover(recovery: Promise<void>): Promise<void> {
    try {
      await recovery;
    } catch (error) {
      const kind = error instanceof FrameBlockedError ? "blocked" : "crashed";
      this.#options.onLost({ kind, message: (error as Error).message });
    }
  }
}
