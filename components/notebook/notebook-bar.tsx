/** The lesson's own bar: one quiet button at rest; the others come when there is something for them to do. */
export function NotebookBar({ cells }: { cells: number }) {
  return (
    <div class="notebook-bar" data-notebook-bar>
      <div class="notebook-notices" data-notices />
      <div class="notebook-tools" role="toolbar" aria-label="Notebook">
        <button type="button" data-action="run-all">
          Run all {cells} cells
        </button>
        <button type="button" data-action="run-stale" hidden>
          Run stale
        </button>
        <button type="button" data-action="stop" title="Stop (Ctrl+.)" hidden>
          Stop
        </button>
        <button type="button" data-action="restart" hidden>
          Restart
        </button>
        <button type="button" data-action="reset-all" hidden>
          Reset all
        </button>
        <button type="button" data-action="download" hidden>
          Download my changes
        </button>
      </div>
      <p class="notebook-announcer" data-announcer role="status" aria-live="polite" />
    </div>
  );
}
