function padRows(rows: number[][], padding: number) {
  const width = Math.max(0, ...rows.map((row) => row.length));
  const padded = rows.map((row) => [...row, ...Array<number>(width - row.length).fill(padding)]);
  return { padded, mask: padded.map((row) => row.map((token) => (token === padding ? 0 : 1))) };
}
