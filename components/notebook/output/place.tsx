import type { Position } from "#src/notebook/cells/parsed-cell.ts";
import { cellLink } from "./output-id.ts";

export type Reveal = (cell: string, position?: Position) => void;

export interface PlaceProps {
  cell: string;
  position: Position;
  /** the cell in which the place is named; another cell's name is written out */
  from: string;
  onReveal?: Reveal;
}

/** "line 3": shows the place in the editor. Without script a link to the cell. */
export function Place({ cell, position, from, onReveal }: PlaceProps) {
  const text = cell === from ? `line ${position.line}` : `${cell}, line ${position.line}`;
  if (!onReveal) return <a href={cellLink(cell)}>{text}</a>;
  return (
    <button type="button" class="place" onClick={() => onReveal(cell, position)}>
      {text}
    </button>
  );
}
