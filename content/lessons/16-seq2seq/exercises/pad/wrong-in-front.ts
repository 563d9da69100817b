function padRows(rows: number[][], padding: number) {
  const width = Math.max(0, ...rows.map((row) => row.length));
  const rest = (row: number[]) => Array<number>(width - row.length);
  return {
    padded: rows.map((row) => [...rest(row).fill(padding), ...row]),
    mask: rows.map((row) => [...rest(row).fill(0), ...row.map(() => 1)]),
  };
}
