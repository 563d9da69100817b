/** What the bar needs to know of all cells. */
export interface ToolbarFacts {
  /** cells that Run stale would run */
  stale: number;
  /** cells whose source is not the original */
  changed: number;
  /** something has run for longer than the patience of a reader's eye */
  isStoppable: boolean;
  isStarted: boolean;
  /** changes exist that this browser could not keep */
  isUnsaved: boolean;
}

export function staleLabel(stale: number): string {
  return `Run stale (${stale})`;
}

export interface Toolbar {
  show(facts: ToolbarFacts): void;
}

/** Shows the bar's buttons when there is something for them to do. */
export function createToolbar(document: Document): Toolbar {
  const bar = document.querySelector<HTMLElement>("[data-notebook-bar]");
  const button = (name: string): HTMLElement | null =>
    bar?.querySelector<HTMLElement>(`[data-action="${name}"]`) ?? null;
  const stale = button("run-stale");
  const parts: [HTMLElement | null, (facts: ToolbarFacts) => boolean][] = [
    [stale, (facts) => facts.stale > 0],
    [button("stop"), (facts) => facts.isStoppable],
    [button("restart"), (facts) => facts.isStarted],
    [button("reset-all"), (facts) => facts.changed > 0],
    [button("download"), (facts) => facts.isUnsaved],
  ];
  return {
    show(facts) {
      if (!bar) return;
      // the bar follows the reader only when it has more to offer than Run all
      bar.toggleAttribute("data-live", facts.isStarted || facts.changed > 0 || facts.stale > 0);
      if (stale) stale.textContent = staleLabel(facts.stale);
      for (const [element, isNeeded] of parts) element?.toggleAttribute("hidden", !isNeeded(facts));
    },
  };
}
