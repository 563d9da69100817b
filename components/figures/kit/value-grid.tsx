/** A place in a grid, from 0. */
export interface Place {
  row: number;
  column: number;
}

interface ValueGridProps {
  /** what the grid shows, for those who hear it */
  label: string;
  rows: string[];
  columns: string[];
  /** [rows][columns] */
  values: number[][];
  /** how strongly a value is coloured: −1 … 1, by its sign in one colour or the other */
  strength(value: number, row: number, column: number): number;
  /** the value as it is read out */
  read(value: number): string;
  /** printed inside the cells; bare colour without it */
  print?(value: number): string;
  /** a cell that is outlined */
  isMarked?(row: number, column: number): boolean;
  place: Place;
  onPlace(place: Place): void;
}

const MOVES: Record<string, [rows: number, columns: number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** A matrix of coloured cells. One of them is chosen, by pointer, touch or the arrow keys. */
export function ValueGrid(props: ValueGridProps) {
  const { label, rows, columns, values, place, onPlace } = props;
  const chosen = inside(place, rows.length, columns.length);
  const onKeyDown = (event: KeyboardEvent & { currentTarget: HTMLElement }) => {
    const move = MOVES[event.key];
    if (!move) return;
    event.preventDefault();
    const next = { row: chosen.row + move[0], column: chosen.column + move[1] };
    const { row, column } = inside(next, rows.length, columns.length);
    onPlace({ row, column });
    event.currentTarget.querySelector<HTMLElement>(`[data-at="${row} ${column}"]`)?.focus();
  };
  return (
    <div
      class="value-grid"
      role="grid"
      aria-label={label}
      style={{ "--columns": columns.length }}
      onKeyDown={onKeyDown}
    >
      <div role="row" class="value-grid-row">
        <span role="columnheader" class="value-grid-name">
          <span class="visually-hidden">row</span>
        </span>
        {columns.map((name, column) => (
          <span role="columnheader" class={nameClass(column === chosen.column)}>
            {name}
          </span>
        ))}
      </div>
      {values.map((line, row) => (
        <div role="row" class="value-grid-row">
          <span role="rowheader" class={nameClass(row === chosen.row)}>
            {rows[row]}
          </span>
          {line.map((value, column) => (
            <Cell {...props} value={value} row={row} column={column} chosen={chosen} />
          ))}
        </div>
      ))}
    </div>
  );
}

interface CellProps extends ValueGridProps {
  value: number;
  row: number;
  column: number;
  chosen: Place;
}

function Cell({ value, row, column, chosen, ...props }: CellProps) {
  const isChosen = row === chosen.row && column === chosen.column;
  const strength = props.strength(value, row, column);
  const choose = () => props.onPlace({ row, column });
  const names = ["value-grid-cell"];
  if (strength < 0) names.push("is-minus");
  if (isChosen) names.push("is-chosen");
  if (props.isMarked?.(row, column)) names.push("is-marked");
  return (
    <span
      role="gridcell"
      class={names.join(" ")}
      style={{ "--strength": `${Math.round(70 * Math.min(1, Math.abs(strength)))}%` }}
      data-at={`${row} ${column}`}
      tabIndex={isChosen ? 0 : -1}
      aria-label={`${props.rows[row]}, ${props.columns[column]}: ${props.read(value)}`}
      onPointerEnter={choose}
      onPointerDown={choose}
      onFocus={choose}
    >
      {props.print?.(value)}
    </span>
  );
}

const nameClass = (isChosen: boolean): string => `value-grid-name${isChosen ? " is-chosen" : ""}`;

/** The nearest place inside a grid. */
export function inside({ row, column }: Place, rows: number, columns: number): Place {
  const within = (k: number, n: number) => Math.max(0, Math.min(n - 1, k));
  return { row: within(row, rows), column: within(column, columns) };
}
