function leakingSteps(predict: (x: number[]) => number[], x: number[]): number[] {
  const original = predict([...x]);
  const leaks: number[] = [];
  for (let t = 0; t + 1 < x.length; t++) {
    const moves = [3, -3].some((change) => {
      const changed = [...x];
      changed[t + 1] += change;
      return predict(changed)[t + 1] !== original[t + 1];
    });
    if (moves) leaks.push(t);
  }
  return leaks;
}
