import { expect, test } from "./helpers.ts";

const SHEET = "reference/cheatsheet/";
/** Width of the paper without its margins, in CSS pixels: 13 mm on either side. */
const WIDTHS = { A4: 184 / 25.4, Letter: 8.5 - 26 / 25.4 };

for (const [format, inches] of Object.entries(WIDTHS)) {
  test(`the cheat sheet prints on two pages of ${format} at most`, async ({ page }) => {
    await page.goto(SHEET);
    const pdf = (await page.pdf({ format })).toString("latin1");
    const pages = pdf.match(/\/Type\s*\/Page\b/g) ?? [];
    expect(pages.length).toBeGreaterThan(0);
    expect(pages.length).toBeLessThanOrEqual(2);
    expect(pdf.match(/\/URI \([^)]*#cell-/g)?.length, "links to cells").toBeGreaterThan(30);
  });

  test(`every equation of the cheat sheet fits its column on ${format}`, async ({ page }) => {
    await page.emulateMedia({ media: "print" });
    await page.setViewportSize({ width: Math.floor(96 * inches), height: 1000 });
    await page.goto(SHEET);
    const equations = page.locator(".equation");
    expect(await equations.count()).toBeGreaterThan(20);
    const wide = await equations.evaluateAll((all) =>
      all
        .filter((each) => each.scrollWidth > each.clientWidth)
        .map((each) => each.querySelector("annotation")!.textContent),
    );
    expect(wide).toEqual([]);
  });
}
