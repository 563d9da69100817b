function firstFailure(errorAt: (lag: number) => number, lags: number[], limit: number): number {
  return lags.find((lag) => errorAt(lag) > limit) ?? Infinity;
}
