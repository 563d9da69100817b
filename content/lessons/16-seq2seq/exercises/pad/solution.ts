function padRows(rows: number[][], padding: number) {
  const width = Math.max(0, ...rows.map((row) => row.length));
  const places = Array.from({ length: width }, (_, t) => t);
  return {
    padded: rows.map((row) => places.map((t) => (t < row.length ? row[t] : padding))),
    mask: rows.map((row) => places.map((t) => (t < row.length ? 1 : 0))),
  };
}
