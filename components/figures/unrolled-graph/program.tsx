import type { ComponentChildren } from "preact";
import type { Moment } from "./schema.ts";

/** The four lines of both passes; `@` is the matrix product, `.T` a transposed matrix. */
const LINES: { text: string; direction?: Moment["direction"]; part?: Moment["part"] }[] = [
  { text: "for t = 1 … T:" },
  { text: "  h[t] = tanh(x[t] @ Wx + h[t-1] @ Wh + b)", direction: "forward", part: "state" },
  { text: "  y[t] = softmax(h[t] @ Wy + by)", direction: "forward", part: "output" },
  { text: "for t = T … 1:" },
  { text: "  dh[t] += (y[t] - target[t]) @ Wy.T", direction: "backward", part: "output" },
  { text: "  dh[t-1] = (dh[t] * (1 - h[t]**2)) @ Wh.T", direction: "backward", part: "state" },
];

/** The equation of the moment, and its line in the program. */
export function Program({ moment }: { moment: Moment }) {
  return (
    <div class="unrolled-graph-program">
      <p class="unrolled-graph-equation">{equation(moment)}</p>
      <pre>
        {LINES.map(({ text, direction, part }) => {
          const isNow = direction === moment.direction && part === moment.part;
          return (
            <code class={isNow ? "unrolled-graph-now" : ""} aria-current={isNow ? "step" : undefined}>
              {text}
              {"\n"}
            </code>
          );
        })}
      </pre>
    </div>
  );
}

const Sub = ({ of, at, role }: { of: string; at: ComponentChildren; role?: string }) => (
  <span class={role ? `unrolled-graph-role-${role}` : ""} data-term={role}>
    <i>{of}</i>
    <sub>{at}</sub>
  </span>
);
const h = (t: number) => <Sub of="h" at={t} role="h" />;
const y = (t: number) => <Sub of="y" at={t} role="y" />;
const W = (at: string) => <Sub of="W" at={<i>{at}</i>} />;
const gradient = (t: number) => <span class="unrolled-graph-role-loss">∂L/∂{h(t)}</span>;

function equation({ direction, part, t }: Moment): ComponentChildren {
  if (direction === "forward" && part === "state")
    return (
      <>
        {h(t)} = tanh({<Sub of="x" at={t} role="x" />} {W("x")} + {h(t - 1)} {W("h")} + <i>b</i>)
      </>
    );
  if (direction === "forward")
    return (
      <>
        {y(t)} = softmax({h(t)} {W("y")} + {<Sub of="b" at={<i>y</i>} />})
      </>
    );
  if (part === "output")
    return (
      <>
        {gradient(t)} = ({y(t)} − target) {W("y")}
        <sup>⊤</sup> + what came from later steps
      </>
    );
  return (
    <>
      {gradient(t - 1)} ← ({gradient(t)} ⊙ (1 − {h(t)}²)) {W("h")}
      <sup>⊤</sup>
    </>
  );
}
