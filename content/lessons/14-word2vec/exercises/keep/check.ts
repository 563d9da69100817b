const expectedShare = (counts: number[], t: number) => {
  const size = counts.reduce((sum, count) => sum + count, 0);
  const kept = counts.reduce((sum, count) => {
    const ratio = (t * size) / count;
    return sum + count * Math.min(1, Math.sqrt(ratio) + ratio);
  }, 0);
  return kept / size;
};
check("with a large t everything stays", () => {
  const share = keepShare([50, 30, 20], 1);
  return close(share, 1, 1e-12) || `got ${share}`;
});
check("two equally frequent words", () => {
  const share = keepShare([500, 500], 0.005);
  return close(share, 0.11, 1e-9) || `f = 0.5 and t = 0.005 keep √0.01 + 0.01 = 0.11 of each, got ${share}`;
});
check("frequent words weigh more than rare ones", () => {
  const counts = [9000, 900, 90, 10];
  const [share, expected] = [keepShare(counts, 0.001), expectedShare(counts, 0.001)];
  return close(share, expected, 1e-9) || `got ${share.toFixed(5)}, expected ${expected.toFixed(5)}`;
});
check("on the speeches", () => {
  const counts = [...corpus.counts];
  const [share, expected] = [keepShare(counts, 0.0001), expectedShare(counts, 0.0001)];
  return close(share, expected, 1e-9) || `got ${share.toFixed(5)}, expected ${expected.toFixed(5)}`;
});
