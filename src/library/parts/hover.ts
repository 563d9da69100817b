/** Plot's `tip: true` needs a live page; here it becomes data that the page's one hover layer reads. */

const MAX_POINTS = 2000;

interface Channel {
  value: ArrayLike<unknown>;
  label?: string;
  scale?: string;
}
interface MarkLike {
  tip?: unknown;
  render(...args: RenderArguments): Element | null;
}
type Positions = Record<"x" | "y" | "x1" | "y1" | "x2" | "y2", ArrayLike<number> | undefined>;
type RenderArguments = [
  index: ArrayLike<number>,
  scales: Record<string, { bandwidth?(): number } | undefined> & {
    scales?: Record<string, { label?: string }>;
  },
  values: Positions & { channels: Record<string, Channel> },
  dimensions: { width: number; height: number },
  context: { document: Document },
];

/** Attaches to a mark with `tip` the points, where they are drawn and what they say, as the attribute data-hover. */
export function carryHover(markish: unknown): unknown {
  const mark = markish as MarkLike | null;
  if (!mark?.tip || typeof mark.render !== "function") return markish;
  mark.tip = null;
  const render = mark.render;
  mark.render = function (...args: RenderArguments) {
    const drawn = render.apply(this, args);
    drawn?.setAttribute("data-hover", JSON.stringify(hoverPoints(args)));
    return drawn;
  };
  return markish;
}

function hoverPoints([index, scales, values, dimensions]: RenderArguments) {
  const X = values.x ?? values.x2 ?? values.x1;
  const Y = values.y ?? values.y2 ?? values.y1;
  const dx = (scales.x?.bandwidth?.() ?? 0) / 2;
  const dy = (scales.y?.bandwidth?.() ?? 0) / 2;
  const stride = Math.ceil(index.length / MAX_POINTS);
  const points = { x: [] as number[], y: [] as number[], label: [] as string[] };
  for (let k = 0; k < index.length; k += stride) {
    const i = index[k]!;
    points.x.push(rounded(X ? X[i]! + dx : dimensions.width / 2));
    points.y.push(rounded(Y ? Y[i]! + dy : dimensions.height / 2));
    points.label.push(label(i, values.channels, scales));
  }
  return points;
}

const SILENT = new Set(["x1", "y1", "z", "sort", "r", "symbol", "href", "ariaLabel"]);

function label(i: number, channels: Record<string, Channel>, scales: RenderArguments[1]): string {
  if (channels["title"]) return format(channels["title"].value[i]);
  const parts = Object.entries(channels).filter(([name]) => !SILENT.has(name));
  return parts
    .map(([name, channel]) => `${channelName(name, channel, scales)} ${format(channel.value[i])}`)
    .join("\n");
}

function channelName(name: string, channel: Channel, scales: RenderArguments[1]): string {
  const given = channel.label ?? scales.scales?.[channel.scale ?? name]?.label ?? name;
  return String(given)
    .replace(/[↑→←↓]/g, "")
    .trim();
}

const rounded = (x: number): number => Math.round(x * 10) / 10;

function format(value: unknown): string {
  if (value instanceof Date) return value.toISOString().replace(/T00:00:00\.000Z$/, "");
  return typeof value === "number" ? String(Number(value.toPrecision(5))) : String(value);
}
