const padCase = [[4, 0, 6], [5], [0, 0]];
check("every row is as long as the longest", () => {
  const { padded, mask } = padRows(padCase, 9);
  const widths = [...padded, ...mask].map((row) => row.length);
  return widths.every((width) => width === 3) || `the rows have ${widths} tokens`;
});
check("tokens stay in place and padding follows", () => {
  const { padded } = padRows(padCase, 9);
  return close(padded.flat(), [4, 0, 6, 5, 9, 9, 0, 0, 9]) || `got ${JSON.stringify(padded)}`;
});
check("the mask is 1 exactly where a row has a token, also where that token is 0", () => {
  const { mask } = padRows(padCase, 9);
  return close(mask.flat(), [1, 1, 1, 1, 0, 0, 1, 1, 0]) || `got ${JSON.stringify(mask)}`;
});
check("padding may have the number of a real token", () => {
  const { mask } = padRows([[0, 0], [1]], 0);
  return close(mask.flat(), [1, 1, 1, 0]) || `got ${JSON.stringify(mask)}`;
});
check("the rows that were given are not changed", () => {
  padRows(padCase, 9);
  return (
    close(
      padCase.map((row) => row.length),
      [3, 1, 2],
    ) || "a row grew"
  );
});
