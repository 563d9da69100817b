/** Moves labels apart that would overlap, as little as needed, inside the drawing. */
export function spread(positions: number[], gap: number, [top, bottom]: [number, number]): number[] {
  const order = positions.map((_, k) => k).sort((a, b) => positions[a]! - positions[b]!);
  const placed = [...positions];
  order.forEach((k, rank) => {
    const above = rank === 0 ? top - gap : placed[order[rank - 1]!]!;
    placed[k] = Math.max(placed[k]!, above + gap);
  });
  for (let rank = order.length - 1, limit = bottom; rank >= 0; rank--) {
    const k = order[rank]!;
    placed[k] = Math.min(placed[k]!, limit);
    limit = placed[k]! - gap;
  }
  return placed;
}
