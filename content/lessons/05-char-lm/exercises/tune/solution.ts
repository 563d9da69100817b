const choice = { hiddenSize: 48, learningRate: 0.015, clipNorm: 5, iterations: 120 };
