import type { ComponentChildren } from "preact";

interface FigureFrameProps {
  /** the finding or the question */
  title: string;
  /** what to look at, in a sentence */
  caption: string;
  children: ComponentChildren;
  /** the numbers behind the drawing */
  table: { caption: string; columns: string[]; rows: (string | number)[][] };
}

/** What every figure has around its drawing: a title, a sentence that says what to see, and its numbers as a table. */
export function FigureFrame({ title, caption, children, table }: FigureFrameProps) {
  return (
    <figure class="course-figure">
      <p class="course-figure-title">{title}</p>
      {children}
      <figcaption>{caption}</figcaption>
      <details class="course-figure-data">
        <summary>The numbers as a table</summary>
        <div class="course-figure-scroll" tabIndex={0} role="region" aria-label={table.caption}>
          <table>
            <caption>{table.caption}</caption>
            <thead>
              <tr>
                {table.columns.map((column) => (
                  <th scope="col">{column}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {table.rows.map((row) => (
                <tr>{row.map((cell, k) => (k === 0 ? <th scope="row">{cell}</th> : <td>{cell}</td>))}</tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </figure>
  );
}
