import type { TableData } from "#src/notebook/runtime/bundle.ts";
import { columnFormat, numberText } from "./number-text.ts";

const FIRST_ROWS = 20;
const WIDE = 6;
/** characters in a row that fit a phone or a column of text without scrolling */
const ROOM = 56;

type Field = TableData["rows"][number][number];

interface Column {
  name: string;
  isNumeric: boolean;
  format: (value: number) => string;
}

function columnsOf(table: TableData): Column[] {
  return table.columns.map((name, k) => {
    const fields = table.rows.map((row) => row[k] ?? null).filter((field) => field !== null);
    const numbers = fields.filter((field) => typeof field === "number");
    const isNumeric = numbers.length > 0 && numbers.length === fields.length;
    return { name, isNumeric, format: isNumeric ? columnFormat(numbers) : numberText };
  });
}

/** The longest texts of all columns together. */
function lettersIn({ rows }: TableData, columns: Column[]): number {
  const longest = columns.map((column, c) =>
    Math.max(column.name.length, ...rows.map((row) => fieldText(row[c] ?? null, column).length)),
  );
  return longest.reduce((sum, letters) => sum + letters, 0);
}

/** Rows as a table: 20 at first, all that travelled after a click, which needs no script (see output.css). */
export function Table({ table, id }: { table: TableData; id: string }) {
  const columns = columnsOf(table);
  const hasRest = table.rows.length > FIRST_ROWS;
  const caption = captionText(table);
  const isLarge = hasRest || columns.length > WIDE || lettersIn(table, columns) > ROOM;
  return (
    <div class="output-table">
      <div class="table-scroll" {...(isLarge ? { tabIndex: 0, role: "group", "aria-label": caption } : {})}>
        <table>
          <caption>{caption}</caption>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column.name} scope="col" class={column.isNumeric ? "is-number" : undefined}>
                  {column.name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {table.rows.map((row, k) => (
              <tr key={k} class={k >= FIRST_ROWS ? "is-rest" : undefined}>
                {columns.map((column, c) => (
                  <td key={column.name} class={column.isNumeric ? "is-number" : undefined}>
                    {fieldText(row[c] ?? null, column)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {hasRest && (
        <label class="table-more" for={`${id}all`}>
          <input type="checkbox" id={`${id}all`} /> {allText(table)}
        </label>
      )}
    </div>
  );
}

const rowsText = (count: number): string =>
  `${count.toLocaleString("en-US")} ${count === 1 ? "row" : "rows"}`;

function captionText(table: TableData): string {
  const { length } = table.rows;
  const isCut = table.total > length;
  return isCut ? `${rowsText(table.total)}, the first ${length} of them here` : rowsText(table.total);
}

const allText = (table: TableData): string =>
  table.total > table.rows.length
    ? `Show the first ${table.rows.length} rows`
    : `Show all ${rowsText(table.total)}`;

function fieldText(field: Field, column: Column): string {
  if (field === null) return "";
  return typeof field === "number" ? column.format(field) : String(field);
}
