import { describe, expect, it } from "vitest";
import { doneIn, progressText } from "./progress.ts";

describe("the mark beside a lesson", () => {
  it("is not there before an exercise is done", () => {
    expect(progressText(["clip", "lag"], [])).toBe("");
    expect(progressText([], ["gone"])).toBe("");
  });

  it("counts exercises, and says when all are done", () => {
    expect(progressText(["clip", "lag"], ["clip"])).toBe("1 of 2 exercises");
    expect(progressText(["clip", "lag"], ["lag", "clip"])).toBe("✓ done");
  });

  it("does not count an exercise that the lesson no longer has", () => {
    expect(progressText(["clip"], ["other"])).toBe("");
  });
});

describe("what the browser stored", () => {
  it("names the exercises that were done", () => {
    expect(doneIn('{"done":{"clip":{}}}')).toEqual(["clip"]);
  });

  it("counts as nothing when it is missing or unreadable", () => {
    for (const stored of [null, "", "{", "{}", '{"done":null}', "null"]) expect(doneIn(stored)).toEqual([]);
  });
});
