const failureLags = Array.from({ length: 64 }, (_, k) => 5 * (k + 1));
const failureAt = (border: number) => {
  const asked: number[] = [];
  const errorAt = (distance: number) => {
    asked.push(distance);
    return distance >= border ? 0.4 + distance / 1000 : distance / 10_000;
  };
  return { asked, errorAt };
};
check("it finds the first lag that fails, wherever that is", () => {
  for (const border of [5, 10, 85, 160, 315, 320]) {
    const found = firstFailure(failureAt(border).errorAt, failureLags, 0.3);
    if (found !== border) return `the network fails from ${border} on, you say ${found}`;
  }
  return true;
});
check("a network that never fails gives Infinity", () => {
  const found = firstFailure(() => 0, failureLags, 0.3);
  return found === Infinity || `got ${found}`;
});
check("a network that always fails gives the first lag", () => {
  const found = firstFailure(() => 1, failureLags, 0.3);
  return found === 5 || `got ${found}`;
});
check("64 lags take at most 8 calls", () => {
  for (const border of [5, 85, 200, 320, 1000]) {
    const { asked, errorAt } = failureAt(border);
    firstFailure(errorAt, failureLags, 0.3);
    if (asked.length > 8) return `for a border of ${border} it called errorAt ${asked.length} times`;
  }
  return true;
});
check("an error exactly at the limit is no failure", () => {
  const found = firstFailure((distance) => (distance < 20 ? 0.3 : 0.5), failureLags, 0.3);
  return found === 20 || `got ${found}`;
});
check("no lags at all give Infinity", () => {
  const found = firstFailure(() => 1, [], 0.3);
  return found === Infinity || `got ${found}`;
});
