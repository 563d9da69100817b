const paddedCase = [
  [1, 2, 3],
  [4, 99, 99],
  [5, 6, -50],
];
check("only real steps count", () => {
  const found = maskedMean(paddedCase, [3, 1, 2]);
  return close(found, 21 / 6) || `got ${found}, expected ${21 / 6}`;
});
check("it is the mean over steps, not over rows", () => {
  const found = maskedMean(
    [
      [1, 1, 1, 1],
      [9, 0, 0, 0],
    ],
    [4, 1],
  );
  return close(found, 13 / 5) || `got ${found}, expected 2.6`;
});
check("other rubbish in the padding changes nothing, not even infinity or not a number", () => {
  const rubbish = [
    [1, 2, 3],
    [4, NaN, NaN],
    [5, 6, Infinity],
  ];
  const found = maskedMean(rubbish, [3, 1, 2]);
  return close(found, 21 / 6) || `got ${found}`;
});
check("more padding changes nothing", () => {
  const wider = paddedCase.map((row) => [...row, 7, 7, 7]);
  const found = maskedMean(wider, [3, 1, 2]);
  return close(found, 21 / 6) || `got ${found}`;
});
check("a row of length 0 counts nothing, and nothing at all gives 0", () => {
  const [one, none] = [
    maskedMean(
      [
        [3, 3],
        [8, 8],
      ],
      [2, 0],
    ),
    maskedMean([[8]], [0]),
  ];
  return (close(one, 3) && none === 0) || `got ${one} and ${none}`;
});
