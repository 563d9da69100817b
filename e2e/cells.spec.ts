import type { Page } from "@playwright/test";
import { expect, expectCellState, test } from "./helpers.ts";
import { cell, edit, lesson, LESSON_07, output, run } from "./lesson-page.ts";

test.describe("a reader", () => {
  test.beforeEach(async ({ page }) => {
    await page.goto(LESSON_07);
  });

  test("runs a cell and gets the numbers that the page already showed", async ({ page }) => {
    const before = await output(page, "jacobian-powers").innerText();
    await run(page, "jacobian-powers");
    await expectCellState(page, "jacobian-powers", "done");
    expect(await output(page, "jacobian-powers").innerText()).toBe(before);
    await expect(cell(page, "jacobian-powers").locator("[data-status]")).toContainText("Your run");
  });

  test("edits a cell, runs it by keyboard and sees what it does", async ({ page }) => {
    await edit(page, "jacobian-powers", "6 * 7");
    await page.keyboard.press("Shift+Enter");
    await expectCellState(page, "jacobian-powers", "done");
    await expect(output(page, "jacobian-powers")).toHaveText("42");
  });

  test("is told in words what is wrong, where, and recovers", async ({ page }) => {
    await edit(page, "jacobian-powers", "const a = 1\nconst b = a +\n");
    await page.keyboard.press("ControlOrMeta+Enter");
    await expectCellState(page, "jacobian-powers", "error");
    await expect(output(page, "jacobian-powers")).toContainText("line");
    await edit(page, "jacobian-powers", "'mended'");
    await page.keyboard.press("ControlOrMeta+Enter");
    await expectCellState(page, "jacobian-powers", "done");
    await expect(output(page, "jacobian-powers")).toHaveText("mended");
  });

  test("resets a changed cell to the original", async ({ page }) => {
    const original = await cell(page, "jacobian-powers").locator("[data-source]").innerText();
    await edit(page, "jacobian-powers", "1");
    await page.keyboard.press("ControlOrMeta+Enter");
    await expectCellState(page, "jacobian-powers", "done");
    await cell(page, "jacobian-powers")
      .getByRole("button", { name: /^Reset/ })
      .click();
    await page.keyboard.press("Escape");
    await expect(cell(page, "jacobian-powers").locator("[data-source], [data-editor]").first()).toBeVisible();
    await page.reload();
    await expect(cell(page, "jacobian-powers").locator("[data-source]")).toHaveText(original);
  });

  test("moves a slider and the cells that read it run again", async ({ page }) => {
    const before = await readings(page);
    const slider = page.locator('[data-input="rho"]').first();
    await slider.fill("1.3");
    await expectCellState(page, "microscope", "done");
    expect(await readings(page)).not.toBe(before);
  });
});

const readings = (page: Page) => output(page, "microscope").locator(".course-readout").innerText();

test.describe("what a reader wrote", () => {
  test("survives a reload, and never runs by itself", async ({ page }) => {
    await page.goto(LESSON_07);
    await edit(page, "jacobian-powers", "globalThis.hasRun = true; 'mine'");
    await page.keyboard.press("Escape");
    await page.waitForTimeout(1200);
    await page.reload();
    await expect(cell(page, "jacobian-powers").locator("[data-source], [data-editor]").first()).toContainText(
      "mine",
    );
    await expect(output(page, "jacobian-powers")).not.toHaveText("mine");
    await run(page, "jacobian-powers");
    await expect(output(page, "jacobian-powers")).toHaveText("mine");
  });

  test("stays in the page when the browser's storage is full", async ({ page }) => {
    await page.addInitScript(() => {
      Storage.prototype.setItem = () => {
        throw new DOMException("no room", "QuotaExceededError");
      };
    });
    await page.goto(LESSON_07);
    await edit(page, "jacobian-powers", "'kept'");
    await page.keyboard.press("ControlOrMeta+Enter");
    await expect(output(page, "jacobian-powers")).toHaveText("kept");
    await expect(page.locator("[data-notices]")).toContainText(/could not be (saved|kept)|storage/i);
    await expect(page.getByRole("button", { name: "Download my changes" }).first()).toBeVisible();
  });
});

test("a changed cell makes its click readers stale, and Run stale brings them up to date", async ({
  page,
}) => {
  await page.goto(lesson("05-char-lm"));
  await run(page, "corpus");
  await expectCellState(page, "corpus", "done");
  const source = await cell(page, "corpus").locator("[data-source], [data-editor]").first().innerText();
  await edit(page, "corpus", `${source.replace(/;?\s*$/, "")};\n// changed`);
  await page.keyboard.press("ControlOrMeta+Enter");
  await expectCellState(page, "corpus", "done");
  await expectCellState(page, "train", "stale");
  await expect(cell(page, "train").locator("[data-status]")).toContainText("corpus");
  await page.getByRole("button", { name: /^Run stale/ }).click();
  await expectCellState(page, "train", "done", 60_000);
});

test("a figure that the build drew answers to the reader before anything has run", async ({ page }) => {
  await page.goto(LESSON_07);
  const figure = output(page, "microscope");
  const slider = figure.getByRole("slider", { name: "Steps back" });
  await slider.focus();
  await expect(async () => {
    await slider.fill("10");
    await expect(figure.locator(".course-readout")).toContainText("10 steps back", { timeout: 500 });
  }).toPass();
  await expect(cell(page, "microscope")).toHaveAttribute("data-state", "idle");
});

test("what a reader sets in a figure while it wakes counts", async ({ page }) => {
  const gate = Promise.withResolvers<void>();
  await page.goto("lessons/sequences/");
  await page.route(/\.js$/, async (route) => {
    await gate.promise;
    await route.continue();
  });
  const traffic = cell(page, "traffic");
  const slider = traffic.getByRole("slider", { name: "Tokens T" });
  await slider.focus();
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowRight");
  gate.resolve();
  await expect(traffic).toContainText("T = 2:");
  await expect(slider).toHaveValue("2");
});

test("a button of a sleeping figure does what it says at the first press", async ({ page }) => {
  const gate = Promise.withResolvers<void>();
  await page.goto("lessons/n-grams/");
  await page.route(/\.js$/, async (route) => {
    await gate.promise;
    await route.continue();
  });
  const forward = cell(page, "trellis").getByRole("button", { name: /^Forward/ });
  await forward.click();
  gate.resolve();
  await expect(forward).toHaveAttribute("aria-pressed", "true");
});

test("a chart reads out its points by keyboard alone", async ({ page }) => {
  await page.goto("lessons/bptt/");
  await output(page, "distance-plot").locator("svg").last().focus();
  const tip = page.locator(".hover-tip");
  await expect(tip).toBeAttached();
  await page.keyboard.press("Home");
  await expect(tip).toContainText("tau 1");
  await page.keyboard.press("ArrowRight");
  await expect(tip).toContainText("tau 2");
});

test("the last step of a figure leaves the focus where it was", async ({ page }) => {
  await page.goto("lessons/rnn/");
  const graph = cell(page, "graph");
  await graph.getByRole("slider", { name: "Moment" }).press("End");
  await expect(graph).toContainText("backward, t = 1");
  await graph.getByRole("button", { name: "Back" }).press("Enter");
  const next = graph.getByRole("button", { name: "Next" });
  await next.press("Enter");
  await expect(next).toHaveAttribute("aria-disabled", "true");
  await expect(next).toBeFocused();
});

test("the editor completes the library's names with their types and what they do", async ({ page }) => {
  await page.goto(LESSON_07);
  await edit(page, "jacobian-powers", "");
  await page.keyboard.type("nn.clipByN");
  const popup = cell(page, "jacobian-powers").getByRole("listbox");
  await expect(popup).toContainText("clipByNorm");
  // a list that has just appeared takes no key for 75 ms, so that nobody accepts by accident
  await page.waitForTimeout(200);
  await page.keyboard.press("Enter");
  await expect(cell(page, "jacobian-powers").getByRole("textbox")).toContainText("nn.clipByNorm");
});
