const choice = { hiddenSize: 48, learningRate: 0.002, clipNorm: 5, iterations: 120 };
