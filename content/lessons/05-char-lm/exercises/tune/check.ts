const { hiddenSize, learningRate, clipNorm, iterations: steps120 } = choice;
check(
  "the model has at most 64 hidden units",
  () =>
    (Number.isInteger(hiddenSize) && hiddenSize >= 1 && hiddenSize <= 64) || `hiddenSize is ${hiddenSize}`,
);
check(
  "it trains for at most 120 iterations",
  () => (Number.isInteger(steps120) && steps120 >= 1 && steps120 <= 120) || `iterations is ${steps120}`,
);
check("its validation perplexity is under 11.5", async () => {
  if (!(hiddenSize >= 1 && hiddenSize <= 64 && steps120 >= 1 && steps120 <= 120))
    return "the settings are out of bounds";
  const candidate = nn.charRnn({ vocabSize: V, hiddenSize, rng: rng("exercise") });
  const source = data.batches(trainIds, { batchSize: 32, timesteps: 32, rng: rng("exercise batches") });
  const options = { iterations: steps120, optimizer: tf.train.adam(learningRate), clipNorm };
  for await (const { iteration } of nn.fit(candidate, source, options)) progress(iteration, steps120);
  const held = [
    ...data.batches(validIds, { batchSize: 32, timesteps: 32, rng: rng("exercise validation") }),
  ].slice(0, 6);
  const reached = nn.perplexity(nn.crossEntropy(candidate, held));
  candidate.dispose();
  return reached < 11.5 || `perplexity ${reached.toFixed(2)} after ${steps120} iterations`;
});
