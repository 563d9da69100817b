import { parseHTML } from "linkedom";
import { describe, expect, it } from "vitest";
import type { Action } from "./action.ts";
import { listen } from "./listen.ts";

function page({ stored = null as string | null, failures = 0 } = {}) {
  const { document, Event } = parseHTML(
    `<html><body><section data-cell="train"><pre data-source>x</pre><button data-action="run">Run</button></section>
     <svg><g data-hover="{}"></g></svg><p>prose</p>
     <div data-figure-data="{}"><button id="on">On</button><select id="which"></select></div></body></html>`,
  );
  const done: Action[] = [];
  const log: string[] = [];
  let left = failures;
  listen(document as unknown as Document, {
    openNotebook: async () => {
      log.push("open");
      if (left-- > 0) throw new Error("no network");
      return { perform: (action) => done.push(action), warmEditor: () => log.push("warm editor") };
    },
    installHover: async () => void log.push("hover"),
    wakeFigure: async (root) => {
      log.push("wake");
      await Promise.resolve();
      if (left-- > 0) throw new Error("no network");
      root.removeAttribute("data-figure-data");
      for (const id of ["on", "which"])
        root.querySelector(`#${id}`)!.addEventListener("click", () => log.push(`pressed ${id}`));
    },
    storedChanges: () => stored,
    onFailure: () => log.push("failure"),
  });
  const fire = (type: string, selector: string, more = {}) =>
    document.querySelector(selector)!.dispatchEvent(Object.assign(new Event(type, { bubbles: true }), more));
  const settle = () => new Promise((resolve) => setTimeout(resolve));
  return { done, log, fire, settle };
}

describe("a page that is being read", () => {
  it("loads nothing for reading, pointing at prose and clicking it", async () => {
    const { log, fire, settle } = page();
    fire("pointerover", "p");
    fire("click", "p");
    fire("keydown", "p", { key: ".", ctrlKey: true });
    await settle();
    expect(log).toEqual([]);
  });
  it("loads the notebook at the first Run and does what was asked meanwhile, in order", async () => {
    const { done, log, fire, settle } = page();
    fire("click", "button");
    fire("keydown", "pre", { key: "Enter" });
    await settle();
    expect(log).toEqual(["open"]);
    expect(done.map(({ name, cell }) => [name, cell])).toEqual([
      ["run", "train"],
      ["edit", "train"],
    ]);
  });
  it("warms the notebook when the pointer comes near Run, and the editor at focused code", async () => {
    const { done, log, fire, settle } = page();
    fire("pointerover", "button");
    fire("focusin", "pre");
    await settle();
    expect(log).toEqual(["open", "warm editor"]);
    expect(done).toEqual([]);
  });
  it("loads the hover layer once, at the first plot that is pointed at", async () => {
    const { log, fire, settle } = page();
    fire("pointerover", "svg");
    fire("pointerover", "svg");
    await settle();
    expect(log).toEqual(["hover"]);
  });
  it("loads it at a chart that is reached by keyboard, too", async () => {
    const { log, fire, settle } = page();
    fire("focusin", "svg");
    await settle();
    expect(log).toEqual(["hover"]);
  });
  it("wakes a figure once, and then does what was pressed in it meanwhile", async () => {
    const { log, fire, settle } = page();
    fire("pointerover", "#on");
    fire("click", "#on");
    fire("click", "#which");
    fire("click", "#on");
    await settle();
    expect(log).toEqual(["wake", "pressed on", "pressed on"]);
  });
  it("wakes a figure at the next touch when the first could not", async () => {
    const { log, fire, settle } = page({ failures: 1 });
    fire("click", "#on");
    await settle();
    fire("click", "#on");
    await settle();
    expect(log).toEqual(["wake", "wake", "pressed on"]);
  });
  it("brings back stored changes without being asked", async () => {
    const { log, settle } = page({ stored: "{}" });
    await settle();
    expect(log).toEqual(["open"]);
  });
  it("says so when the notebook cannot be loaded, and tries again at the next press", async () => {
    const { done, log, fire, settle } = page({ failures: 1 });
    fire("click", "button");
    await settle();
    fire("click", "button");
    await settle();
    expect(log).toEqual(["open", "failure", "open"]);
    expect(done).toHaveLength(1);
  });
});
