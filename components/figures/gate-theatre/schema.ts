import * as z from "zod/mini";

z.config({ jitless: true });

/** A gate, candidate or state of the chosen units over the text. */
const quantity = z.object({
  /** its letter: i f g o c h of an LSTM, r z n h of a GRU */
  name: z.enum(["i", "f", "g", "o", "c", "h", "r", "z", "n"]),
  /** [units][characters] */
  values: z
    .array(z.array(z.number()).check(z.minLength(2), z.maxLength(200)))
    .check(z.minLength(1), z.maxLength(32)),
});

export const schema = z
  .object({
    /** the question or the finding, as a sentence */
    title: z.string(),
    /** the characters that were read */
    text: z.array(z.string().check(z.maxLength(4))).check(z.minLength(2), z.maxLength(200)),
    /** what the units are called, such as their numbers in the model */
    units: z.array(z.string().check(z.maxLength(16))).check(z.minLength(1), z.maxLength(32)),
    quantities: z.array(quantity).check(z.minLength(1), z.maxLength(8)),
  })
  .check(
    z.refine(
      ({ text, units, quantities }) =>
        quantities.every(
          ({ values }) => values.length === units.length && values.every((row) => row.length === text.length),
        ),
      { message: "each quantity needs a row for every unit and a number for every character" },
    ),
  );

export type GateTheatreData = z.infer<typeof schema>;
export type Quantity = GateTheatreData["quantities"][number];

export const MEANING: Record<Quantity["name"], string> = {
  i: "input gate",
  f: "forget gate",
  g: "candidate",
  o: "output gate",
  c: "cell state",
  h: "hidden state",
  r: "reset gate",
  z: "update gate",
  n: "candidate",
};

/** Gates lie between 0 and 1; candidates and states have two signs. */
export const isGate = (name: Quantity["name"]): boolean => ["i", "f", "o", "r", "z"].includes(name);

/** A character as the figure prints it. */
export const visible = (character: string): string => ({ " ": "␣", "\n": "⏎" })[character] ?? character;

/** How a unit's value is coloured: −1 … 1, by the largest of its quantity. */
export function strengthIn({ name, values }: Quantity): (value: number) => number {
  if (isGate(name)) return (value) => value;
  const most = Math.max(1e-9, ...values.flat().map(Math.abs));
  return (value) => value / most;
}

/** For each quantity its mean, and where each is largest. */
export function describe({ title, text, units, quantities }: GateTheatreData): string {
  const parts = quantities.map(({ name, values }) => {
    const all = values.flat();
    const mean = all.reduce((sum, value) => sum + value, 0) / all.length;
    const most = all.indexOf(Math.max(...all));
    const [unit, t] = [Math.floor(most / text.length), most % text.length];
    return `${MEANING[name]} ${name} mean ${mean.toFixed(2)}, largest ${all[most]!.toFixed(2)} in unit ${units[unit]} at “${visible(text[t]!)}” (${t + 1})`;
  });
  return `${title} ${units.length} units over ${text.length} characters. ${parts.join("; ")}.`;
}
