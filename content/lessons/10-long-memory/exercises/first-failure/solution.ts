function firstFailure(errorAt: (lag: number) => number, lags: number[], limit: number): number {
  let [low, high] = [0, lags.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (errorAt(lags[middle]) > limit) high = middle;
    else low = middle + 1;
  }
  return lags[low] ?? Infinity;
}
