import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { explain, isNodeNewEnough, nodePackage } from "./setup.mjs";

describe("setup", () => {
  test("a Node that cannot run the tools is not new enough", () => {
    const old = ["18.20.8", "20.20.2", "22.17.1", "23.11.0", "25.2.0"];
    expect(old.filter(isNodeNewEnough)).toEqual([]);
  });

  test("a Node that can run the tools is used as it is", () => {
    const fine = ["22.18.0", "24.0.0", "26.10.0", "27.0.0", "30.1.2"];
    expect(fine.filter((version) => !isNodeNewEnough(version))).toEqual([]);
  });

  test("every Node package that setup may ask for stands in the lock file of tools/node", () => {
    const lock = readFileSync("tools/node/package-lock.json", "utf8");
    const platforms = [
      ["linux", "x64"],
      ["linux", "arm64"],
      ["darwin", "arm64"],
      ["darwin", "x64"],
      ["win32", "x64"],
    ];
    for (const [platform, arch] of platforms)
      expect(lock).toContain(`"node_modules/${nodePackage(platform, arch)}"`);
    expect(nodePackage("sunos", "x64")).toBeUndefined();
  });

  test.each([
    ["npm error code ENOTFOUND", "npm could not reach its package registry."],
    ["npm error code ENOSPC", "The disk is full."],
    ["npm error code EACCES", "may not be written."],
    ["npm error code E403", "The package registry refused access."],
    ["npm error code E404", "lacks a package that package-lock.json names."],
    ["npm error code EINTEGRITY", "not the one that package-lock.json names."],
    ["npm error code EUSAGE", "package.json and package-lock.json differ."],
    ["something else", "its own message is above."],
  ])("%s becomes a sentence that names the next move", (stderr, sentence) => {
    expect(explain(stderr)).toContain(sentence);
    expect(explain(stderr)).toMatch(/run the same command again\.$/);
  });
});
