/** What every browser test stands on: `import { expect, test } from "./helpers.ts"`. */
import AxeBuilder from "@axe-core/playwright";
import { test as base, expect, type Page } from "@playwright/test";

export { expect };

export interface Complaints {
  /** console errors, uncaught errors, refusals of the content security policy, requests to other sites */
  all: string[];
  /** a test that provokes complaints says which; the others still fail it */
  allow(pattern: RegExp): void;
}

/** Every test fails when its page complains, unless the test has allowed that complaint. */
export const test = base.extend<{ complaints: Complaints }>({
  complaints: [
    async ({ page, baseURL }, use) => {
      const all: string[] = [];
      const allowed: RegExp[] = [];
      watch(page, new URL(baseURL!).origin, all);
      await use({ all, allow: (pattern) => void allowed.push(pattern) });
      const rest = all.filter((text) => !allowed.some((pattern) => pattern.test(text)));
      expect(rest, "the page must not complain").toEqual([]);
    },
    { auto: true },
  ],
});

function watch(page: Page, origin: string, complaints: string[]): void {
  page.on("pageerror", (error) => complaints.push(`uncaught: ${error.message}`));
  page.on("crash", () => complaints.push("the page crashed"));
  page.on("console", (message) => {
    const isRefusal = /Content Security Policy|TrustedHTML|TrustedScript/i.test(message.text());
    if (message.type() === "error" || isRefusal)
      complaints.push(`${isRefusal ? "refused" : "console"}: ${message.text()} (${message.location().url})`);
  });
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (/^(https?|wss?):$/.test(url.protocol) && url.origin !== origin)
      complaints.push(`request to another site: ${request.url()}`);
  });
  page.on("websocket", (socket) => {
    complaints.push(`web socket: ${socket.url()}`);
  });
}

/** Both themes, as a reader gets them whose system asks for light or dark. */
export const THEMES = ["light", "dark"] as const;

/** Looks for accessibility violations in both themes; the message names rule, theme and elements. */
export async function expectAccessible(
  page: Page,
  { exclude = [] }: { exclude?: string[] } = {},
): Promise<void> {
  const found: string[] = [];
  for (const colorScheme of THEMES) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    const axe = exclude.reduce((builder, selector) => builder.exclude(selector), new AxeBuilder({ page }));
    const { violations } = await axe.analyze();
    for (const { id, help, nodes } of violations)
      found.push(
        `${colorScheme}: ${id} (${help}): ${nodes.map(({ target }) => target.join(" ")).join(", ")}`,
      );
  }
  expect(found).toEqual([]);
}

/** Waits until a cell is in a state: `done`, `running`, `stale`, `error`, … */
export async function expectCellState(
  page: Page,
  id: string,
  state: string,
  timeout = 30_000,
): Promise<void> {
  await expect(page.locator(`[data-cell="${id}"]`).first()).toHaveAttribute("data-state", state, { timeout });
}
