function glimpse(picture: number[][], y: number, x: number, size: number): number[][] {
  const half = (size - 1) / 2;
  const within = (k: number, n: number) => Math.max(0, Math.min(n - 1, k));
  return Array.from({ length: size }, (_, row) =>
    Array.from(
      { length: size },
      (_, column) =>
        picture[within(y - half + row, picture.length)]![within(x - half + column, picture[0]!.length)]!,
    ),
  );
}
