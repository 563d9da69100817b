import * as z from "zod/mini";

z.config({ jitless: true });

const name = z.string().check(z.maxLength(24));

/** One quantity for every layer and time step. */
const map = z.object({
  /** what the reader chooses it by */
  label: z.string(),
  /** what a number is, with its unit if it has one: mean |h| */
  quantity: z.string(),
  /** how colour follows the number, default linear; log for what spans powers of ten */
  scale: z.optional(z.enum(["linear", "log"])),
  /** [layers][time steps], first layer first; none below 0 */
  values: z
    .array(z.array(z.number().check(z.minimum(0))).check(z.minLength(2), z.maxLength(64)))
    .check(z.minLength(1), z.maxLength(12)),
});

export const schema = z
  .object({
    /** the question or the finding, as a sentence */
    title: z.string(),
    /** what is read at each time step, as a short label */
    columns: z.array(name).check(z.minLength(2), z.maxLength(64)),
    maps: z.array(map).check(z.minLength(1), z.maxLength(6)),
  })
  .check(
    z.refine(
      ({ columns, maps }) => maps.every(({ values }) => values.every((row) => row.length === columns.length)),
      { message: "each layer needs one value for every column" },
    ),
  );

export type LayerTimeMapData = z.infer<typeof schema>;
export type LayerTimeMap = LayerTimeMapData["maps"][number];

/** A number as the figure prints it: 0.0032, 4.1e-7. */
export function shortNumber(value: number): string {
  if (value === 0) return "0";
  return value >= 0.001 && value < 1000 ? String(Number(value.toPrecision(3))) : value.toExponential(1);
}

/** Where each map is largest and smallest. */
export function describe({ title, columns, maps }: LayerTimeMapData): string {
  const parts = maps.map(({ label, quantity, values }) => {
    const cells = values.flatMap((row, layer) => row.map((value, t) => ({ value, layer, t })));
    const [most, least] = [1, -1].map((sign) =>
      cells.reduce((best, cell) => (sign * cell.value > sign * best.value ? cell : best)),
    );
    const at = ({ value, layer, t }: (typeof cells)[number]) =>
      `${shortNumber(value)} (layer ${layer + 1}, step ${t + 1})`;
    return `${label}: ${quantity} from ${at(least!)} to ${at(most!)}`;
  });
  return `${title} ${columns.length} time steps. ${parts.join("; ")}.`;
}

/** 0 … 1 for the colour of a value; a logarithm reaches six powers of ten down, and 0 stays 0. */
export function strengthIn({ values, scale }: LayerTimeMap): (value: number) => number {
  const positive = values.flat().filter((value) => value > 0);
  const most = Math.max(...positive, 1e-300);
  if (scale !== "log") return (value) => value / most;
  const least = Math.max(Math.min(...positive, most), most / 1e6);
  const span = Math.log(most / least) || 1;
  return (value) => (value > 0 ? 0.08 + 0.92 * Math.max(0, Math.log(value / least) / span) : 0);
}
