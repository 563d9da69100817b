import type { InputValue } from "#src/notebook/runtime/bundle.ts";
import type { RuntimeMessage } from "#src/notebook/runtime/message.ts";
import type { LostReason } from "#src/notebook/sandbox/client.ts";
import type { LessonPageData } from "#src/notebook/lesson.ts";
import type { Action } from "./action.ts";
import { ENDED } from "./cell-state.ts";
import { createCodeActions } from "./code-actions.ts";
import type { CodeActions } from "./code-actions.ts";
import { hasPassed, showDone } from "./done-marks.ts";
import { createEdits } from "./lesson-edits.ts";
import { knownValues } from "./known-values.ts";
import type { LessonEdits } from "./lesson-edits.ts";
import { createInputs } from "./lesson-inputs.ts";
import type { LessonInputs } from "./lesson-inputs.ts";
import { createModel } from "./lesson-model.ts";
import type { LessonModel } from "./lesson-model.ts";
import type { LiveNotebook } from "./listen.ts";
import { createNotices } from "./notices.ts";
import type { Notices } from "./notices.ts";
import { browserParts, readPageData } from "./parts.ts";
import type { NotebookParts } from "./parts.ts";
import { createRestore } from "./restore.ts";
import type { Restore } from "./restore.ts";
import { createScreen } from "./screen.ts";
import type { Screen } from "./screen.ts";
import { createSession } from "./session.ts";
import type { Session } from "./session.ts";
import { announcement } from "./status-text.ts";
import { openStorage } from "./storage.ts";
import type { LessonStorage } from "./storage.ts";
import { storageKey } from "./storage-key.ts";
import { showValues } from "./value-text.ts";

const SAVE_DELAY = 400;
const WAITING_SHOWN_AFTER = 50;

export const START_FAILED =
  "The cells could not be started, so nothing ran; what you wrote is kept. Check the connection and press Run again.";
/** One lesson's page, alive: does what the reader asks, and shows what the sandbox answers. */
class LiveLesson implements LiveNotebook {
  readonly #document: Document;
  readonly #parts: NotebookParts;
  readonly #data: LessonPageData;
  readonly #model: LessonModel;
  readonly #notices: Notices;
  readonly #restore: Restore;
  readonly #storage: LessonStorage;
  readonly #session: Session;
  readonly #screen: Screen;
  readonly #code: CodeActions;
  readonly #edits: LessonEdits;
  readonly #inputs: LessonInputs;
  /** cells that the reader ran: their end is announced */
  readonly #asked = new Set<string>();
  #isStarting = false;
  #isUnsaved = false;

  constructor(document: Document, parts: NotebookParts) {
    this.#document = document;
    this.#parts = parts;
    this.#data = readPageData(document);
    this.#model = createModel(this.#data);
    this.#notices = createNotices(document);
    this.#restore = this.#createRestore();
    this.#storage = this.#openStorage();
    this.#session = this.#createSession();
    this.#screen = this.#createScreen();
    const shared = {
      model: this.#model,
      storage: this.#storage,
      session: this.#session,
      notices: this.#notices,
      screen: this.#screen,
    };
    this.#code = createCodeActions(this.#screen, this.#notices);
    this.#edits = createEdits(shared);
    this.#inputs = createInputs({ document, ...shared, send: (...input) => this.#sendInput(...input) });
    this.#restore.atStart();
    this.#inputs.showStored();
    showDone(document, this.#storage);
    this.#screen.redrawAll();
  }

  perform({ name, cell = "", element, point }: Action): void {
    const acts: Record<string, () => void> = {
      run: () => this.#run([cell]),
      check: () => this.#run([cell]),
      "run-next": () => this.#runAndAdvance(cell),
      "run-all": () => this.#run("all"),
      "run-stale": () => this.#run(this.#staleIds()),
      stop: () => this.#guard(this.#session.stop()),
      restart: () => this.#guard(this.#session.restart()),
      reset: () => this.#edits.reset([cell]),
      "reset-all": () => this.#resetAll(),
      compare: () => this.#code.compare(cell, element),
      edit: () => this.#code.open(cell, { point }),
      input: () => element && this.#inputs.touched(cell, element),
      download: () => this.#restore.download(),
    };
    if (Object.hasOwn(acts, name)) acts[name]?.();
  }

  warmEditor(): void {
    this.#parts.loadEditor().catch(() => undefined);
  }

  /** The page is going away: what waits to be saved is saved. */
  flush(): void {
    this.#storage.flush();
  }

  // ---- parts

  #createRestore(): Restore {
    const { lesson, title, base } = this.#data;
    return createRestore({
      document: this.#document,
      title,
      lessonName: lesson,
      storageKey: storageKey(base, lesson),
      browserStorage: this.#parts.storage,
      storage: () => this.#storage,
      notices: this.#notices,
      now: this.#parts.now,
      apply: (edits) => this.#edits.apply(edits),
      resetAll: () => this.#resetAll(),
      hasCell: (id) => this.#model.cell(id) !== undefined,
    });
  }

  #openStorage(): LessonStorage {
    const { lesson, version, base } = this.#data;
    return openStorage({
      storage: this.#parts.storage,
      key: storageKey(base, lesson),
      version,
      now: this.#parts.now,
      later: (save) => this.#parts.setTimer(save, SAVE_DELAY),
      onProblem: (problem) => {
        this.#isUnsaved ||= problem.kind !== "file-too-large";
        this.#restore.onProblem(problem);
      },
    });
  }

  #createSession(): Session {
    return createSession({
      data: this.#data,
      createSandbox: this.#parts.createSandbox,
      cells: () => this.#model.specs(),
      onMessage: (message) => this.#receive(message),
      onRestarted: (reason) => this.#restarted(reason),
      setTimer: this.#parts.setTimer,
    });
  }

  #createScreen(): Screen {
    return createScreen({
      document: this.#document,
      model: this.#model,
      parts: this.#parts,
      isStarting: () => this.#isStarting,
      isStarted: () => this.#session.isStarted,
      isUnsaved: () => this.#isUnsaved,
      onDrawn: (cell, run, slot) => this.#session.drawn(cell, run, slot),
      onInput: (cell, name, value) => this.#inputs.set(cell, name, value),
      onReveal: (cell, position) => this.#code.reveal(cell, position),
      codeOptions: (id) => ({
        original: this.#model.cell(id)?.source ?? "",
        source: () => this.#model.source(id),
        onChange: (source) => this.#edits.changed(id, source),
        onRun: (advance) => this.perform({ name: advance ? "run-next" : "run", cell: id }),
        onStop: () => this.perform({ name: "stop" }),
        complete: (path) => this.#session.complete(path),
        names: () => this.#model.namesFor(id),
      }),
    });
  }

  // ---- running

  #ids(): string[] {
    return this.#model.cells.filter((cell) => cell.kind !== "check").map((cell) => cell.id);
  }

  #staleIds(): string[] {
    const stale = new Set(this.#model.idsIn("stale"));
    return this.#ids().filter((id) => stale.has(id));
  }

  #run(cells: string[] | "all"): void {
    const ids = cells === "all" ? this.#ids() : cells.filter((id) => this.#model.cell(id));
    if (ids.length === 0) return;
    for (const id of ids) this.#asked.add(id);
    this.#isStarting = !this.#session.isStarted;
    this.#model.await(ids);
    this.#showWaiting(ids);
    this.#guard(this.#session.run(cells === "all" ? "all" : ids));
  }

  /** A short run ends before anything is drawn of it: drawing that it waits would only keep its answer waiting. */
  #showWaiting(ids: string[]): void {
    if (this.#isStarting) this.#screen.redraw(ids);
    else this.#parts.setTimer(() => this.#screen.redraw(this.#model.idsIn("waiting")), WAITING_SHOWN_AFTER);
  }

  #runAndAdvance(cell: string): void {
    this.#run([cell]);
    this.#code.focusAfter(cell);
  }

  #sendInput(cell: string, name: string, value: InputValue): void {
    this.#isStarting = !this.#session.isStarted;
    this.#guard(this.#session.input(cell, name, value));
  }

  /** A sandbox that cannot start leaves the cells as they were, and says so. */
  #guard(work: Promise<void>): void {
    work
      .then(
        () => this.#notices.hide("start"),
        (error: unknown) => {
          this.#model.restart();
          this.#screen.redrawAll();
          const detail = error instanceof Error && error.message ? ` (${error.message})` : "";
          this.#notices.show({ id: "start", text: START_FAILED + detail, tone: "warn" });
        },
      )
      .finally(() => {
        if (this.#isStarting) this.#screen.redrawAll();
        this.#isStarting = false;
      });
  }

  // ---- what the sandbox says

  #receive(message: RuntimeMessage): void {
    const changed = this.#model.receive(message, this.#parts.now());
    if (message.type === "values") this.#showValues(message);
    if (message.type === "output" && message.op === "put") {
      this.#screen.expectDrawn({ cell: message.cell, run: message.run, slot: message.slot });
      this.#screen.redraw([message.cell]);
    }
    if (message.type === "state" && ENDED.has(message.state)) this.#ended(message.cell);
    if (changed.length > 0) this.#screen.redraw(changed);
    if (message.type === "idle") this.#screen.drawAhead();
  }

  #showValues(message: RuntimeMessage & { type: "values" }): void {
    showValues(this.#document, message.values);
    const section = this.#screen.element(message.cell)?.section;
    const known = knownValues(message);
    if (known) section?.setAttribute("data-known", known);
    else section?.removeAttribute("data-known");
  }

  #ended(id: string): void {
    const run = this.#model.run(id);
    if (!this.#asked.delete(id) && run.state !== "error") return;
    const facts = this.#screen.element(id)?.facts(this.#screen.facts(id));
    const label = this.#model.cell(id)?.kind === "check" ? "The check" : id;
    if (facts) this.#notices.announce(announcement(label, facts, run.error?.message));
    this.#noteDone(id);
  }

  #restarted(reason?: LostReason): void {
    this.#model.restart();
    this.#screen.redrawAll();
    if (!reason) return;
    const isSaid = reason.message.includes("Nothing you wrote is lost");
    const text = isSaid ? reason.message : `${reason.message} Nothing you wrote is lost.`;
    this.#notices.show({ id: "lost", text, tone: "warn" });
  }

  #noteDone(id: string): void {
    const exercise = this.#screen.element(id)?.section.dataset["exercise"];
    if (!exercise || !hasPassed(this.#model.run(id))) return;
    this.#storage.setDone(exercise);
    showDone(this.#document, this.#storage);
  }

  #resetAll(): void {
    this.#edits.reset(this.#ids());
    this.#inputs.clear();
    this.#notices.hide("restored");
  }
}

/** Makes the lesson of this page live. */
export async function openNotebook(document: Document, parts = browserParts()): Promise<LiveNotebook> {
  const live = new LiveLesson(document, parts);
  // phones give no other sign before they drop a page
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && live.flush());
  document.defaultView?.addEventListener("pagehide", () => live.flush());
  return live;
}
