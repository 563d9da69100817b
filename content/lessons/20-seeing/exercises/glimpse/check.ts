const glimpseDraws = rng("glimpse check");
const glimpsePicture = Array.from({ length: 6 }, () =>
  Array.from({ length: 9 }, () => 0.1 + 0.9 * glimpseDraws.uniform()),
);
const glimpseCopy = structuredClone(glimpsePicture);
check("in the middle of the picture it is the pixels around the place", () => {
  const seen = glimpse(glimpsePicture, 2, 5, 3);
  const expected = [1, 2, 3].map((row) => glimpsePicture[row]!.slice(4, 7));
  return (
    close(seen.flat(), expected.flat(), 0) || "rows 1 … 3 and columns 4 … 6 were expected for y = 2, x = 5"
  );
});
check("it has size rows of size pixels, also at the edge", () => {
  const seen = glimpse(glimpsePicture, 0, 8, 5);
  const isSquare = seen.length === 5 && seen.every((row) => row.length === 5);
  return isSquare || `got ${seen.length} rows of ${seen[0]?.length} pixels`;
});
check("beyond the edge there is paper", () => {
  const seen = glimpse(glimpsePicture, 0, 0, 3);
  const expected = [
    0,
    0,
    0,
    0,
    glimpsePicture[0]![0]!,
    glimpsePicture[0]![1]!,
    0,
    glimpsePicture[1]![0]!,
    glimpsePicture[1]![1]!,
  ];
  return (
    close(seen.flat(), expected, 0) ||
    `at the upper left corner it gives ${seen.flat().map((p) => p.toFixed(2))}`
  );
});
check(
  "a place far outside shows paper only",
  () =>
    glimpse(glimpsePicture, 40, -7, 3)
      .flat()
      .every((pixel) => pixel === 0) || "there should be zeros",
);
check(
  "the picture stays as it was",
  () => close(glimpsePicture.flat(), glimpseCopy.flat(), 0) || "the picture was changed",
);
