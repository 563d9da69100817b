/** One point of a chart, in the units of its group. */
export interface Point {
  x: number;
  y: number;
  label: string;
}

/** The points of one `g[data-hover]`. */
export interface Line {
  group: SVGGraphicsElement;
  points: Point[];
}

/** Where the reader is: a point of a line. */
export interface Spot {
  line: Line;
  point: Point;
}

/** `{"x":[…],"y":[…],"label":[…]}` as points; broken data are no points. */
export function readPoints(text: string): Point[] {
  try {
    const { x, y, label } = JSON.parse(text);
    const points: Point[] = x.map((_: unknown, k: number) => ({
      x: +x[k],
      y: +y[k],
      label: String(label[k]),
    }));
    return points.filter((point) => Number.isFinite(point.x + point.y));
  } catch {
    return [];
  }
}

export function nearest(points: Point[], distance: (point: Point) => number): Point | undefined {
  let best: Point | undefined;
  let least = Infinity;
  for (const point of points) {
    const far = distance(point);
    if (far < least) [best, least] = [point, far];
  }
  return best;
}

/** Where a key leads: ← → along a line, ↑ ↓ to another line at the same x, Home and End; undefined for other keys. */
export function spotAfter(key: string, lines: Line[], current: Spot | undefined): Spot | undefined {
  const row = Math.max(
    0,
    lines.findIndex(({ group }) => group === current?.line.group),
  );
  const line = lines[row]!;
  const k = current
    ? line.points.findIndex(({ x, y }) => x === current.point.x && y === current.point.y)
    : -1;
  const last = line.points.length - 1;
  const along: Record<string, number> = { ArrowRight: k + 1, ArrowLeft: k - 1, Home: 0, End: last };
  if (key in along) return { line, point: line.points[Math.min(Math.max(along[key]!, 0), last)]! };
  const other = lines[row + (key === "ArrowDown" ? 1 : -1)];
  if (!other || !current || !/^Arrow(Up|Down)$/.test(key)) return undefined;
  return { line: other, point: nearest(other.points, ({ x }) => Math.abs(x - current.point.x))! };
}
