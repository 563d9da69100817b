export interface CalendarDate {
  year: number;
  /** 1 … 12 */
  month: number;
  /** 1 … 31 */
  day: number;
}

/** A piece of a written date, and the part of the date that it tells. */
export interface DatePiece {
  text: string;
  part?: keyof CalendarDate;
}

/**
 * How people write dates. Numbers with slashes have the month first, with dots or blanks the day, so that every text
 * means one date; two-digit years 50 … 99 are of the 1900s, 00 … 49 of the 2000s.
 */
export const DATE_FORMATS: readonly string[] = [
  "{yyyy}/{mm}/{dd}",
  "{yyyy} {month} {d}",
  "{yyyy}-{mon}-{dd}",
  "{yyyy}{mm}{dd}",
  "{m}/{d}/{yyyy}",
  "{mm}/{dd}/{yyyy}",
  "{m}/{d}/{yy}",
  "{d}.{m}.{yyyy}",
  "{dd}.{mm}.{yyyy}",
  "{d}.{m}.{yy}",
  "{dd} {mm} {yyyy}",
  "{d}.{roman}.{yyyy}",
  "{d} {month} {yyyy}",
  "{d} {mon} {yyyy}",
  "{d} {mon} {yy}",
  "{dd}-{mon}-{yyyy}",
  "{d} {MON} {yyyy}",
  "{ordinal} {month} {yyyy}",
  "{ordinal} of {month}, {yyyy}",
  "the {ordinal} of {month} {yyyy}",
  "{month} {d}, {yyyy}",
  "{month} {ordinal}, {yyyy}",
  "{mon} {d}, {yyyy}",
  "{mon} {d} '{yy}",
  "{MONTH} {d}, {yyyy}",
  "{weekday}, {month} {d}, {yyyy}",
  "{weekday} {d} {month} {yyyy}",
  "{day}, {d} {mon} {yyyy}",
  "{day} {mon} {d} {yyyy}",
];

const MONTHS = "January February March April May June July August September October November December".split(
  " ",
);
const WEEKDAYS = "Sunday Monday Tuesday Wednesday Thursday Friday Saturday".split(" ");
const ROMAN = "I II III IV V VI VII VIII IX X XI XII".split(" ");

/** The date in a format, piece by piece. */
export function writeDate(date: CalendarDate, format: string): DatePiece[] {
  const pieces = format.split(/(\{\w+\})/).filter((piece) => piece !== "");
  return pieces.map((piece) => (piece[0] === "{" ? writeField(date, piece.slice(1, -1)) : { text: piece }));
}

function writeField({ year, month, day }: CalendarDate, field: string): DatePiece {
  const weekday = WEEKDAYS[new Date(Date.UTC(year, month - 1, day)).getUTCDay()];
  const pieces: Record<string, DatePiece> = {
    yyyy: { text: String(year), part: "year" },
    yy: { text: pad(year % 100), part: "year" },
    m: { text: String(month), part: "month" },
    mm: { text: pad(month), part: "month" },
    mon: { text: MONTHS[month - 1].slice(0, 3), part: "month" },
    MON: { text: MONTHS[month - 1].slice(0, 3).toUpperCase(), part: "month" },
    month: { text: MONTHS[month - 1], part: "month" },
    MONTH: { text: MONTHS[month - 1].toUpperCase(), part: "month" },
    roman: { text: ROMAN[month - 1], part: "month" },
    d: { text: String(day), part: "day" },
    dd: { text: pad(day), part: "day" },
    ordinal: { text: day + ordinalEnding(day), part: "day" },
    weekday: { text: weekday },
    day: { text: weekday.slice(0, 3) },
  };
  return pieces[field];
}

function ordinalEnding(day: number): string {
  if (day >= 11 && day <= 13) return "th";
  return ["th", "st", "nd", "rd"][day % 10] ?? "th";
}

/** With a leading zero when it has one digit. */
export function pad(value: number): string {
  return String(value).padStart(2, "0");
}
