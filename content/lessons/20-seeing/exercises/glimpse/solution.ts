function glimpse(picture: number[][], y: number, x: number, size: number): number[][] {
  const half = (size - 1) / 2;
  return Array.from({ length: size }, (_, row) =>
    Array.from({ length: size }, (_, column) => picture[y - half + row]?.[x - half + column] ?? 0),
  );
}
