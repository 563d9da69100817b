check("equal priors and small numbers", () => {
  const found = posterior([Math.log(0.2), Math.log(0.6)], [0.5, 0.5]);
  return close(found, [0.25, 0.75], 1e-9) || `of likelihoods 0.2 and 0.6 it makes ${found}`;
});
check("the prior counts", () => {
  const found = posterior([Math.log(0.3), Math.log(0.3), Math.log(0.3)], [0.2, 0.7, 0.1]);
  return close(found, [0.2, 0.7, 0.1], 1e-9) || "when all likelihoods agree, the prior must come out";
});
check("log-likelihoods of −1000 are no problem", () => {
  const found = posterior([-1000, -1001, -1002], [1 / 3, 1 / 3, 1 / 3]);
  const total = 1 + Math.exp(-1) + Math.exp(-2);
  const expected = [1 / total, Math.exp(-1) / total, Math.exp(-2) / total];
  return close(found, expected, 1e-9) || `it gives ${found}`;
});
check("neither are large positive ones, which densities may have", () => {
  const found = posterior([2000, 1000], [0.5, 0.5]);
  return close(found, [1, 0], 1e-9) || `it gives ${found}`;
});
check("a class that cannot be gets 0", () => {
  const found = posterior([-5, 500], [1, 0]);
  return (found[1] === 0 && close(found[0]!, 1, 1e-9)) || `with prior 0 it gets ${found[1]}`;
});
