"""The same training iteration in PyTorch on one thread: reads a configuration or "slice" a line, answers in JSON."""
import json
import sys
import time

import torch

torch.set_num_threads(1)


def sgemm_rate(n=512):
    a, b = torch.randn(n, n), torch.randn(n, n)
    for _ in range(3):
        a @ b
    start, count = time.process_time(), 0
    while time.process_time() - start < 0.3:
        a @ b
        count += 1
    return 2 * n**3 * count / (time.process_time() - start) / 1e9


class Pairs(torch.nn.Module):
    """The network of TensorFlow.js's date example."""

    def __init__(self, H, V):
        super().__init__()
        self.embed_source, self.embed = torch.nn.Embedding(35, H), torch.nn.Embedding(V, H)
        self.encoder = torch.nn.LSTM(H, H, batch_first=True)
        self.decoder = torch.nn.LSTM(H, H, batch_first=True)
        self.combine, self.head = torch.nn.Linear(2 * H, H), torch.nn.Linear(H, V)

    def forward(self, sources, inputs):
        encoded, (last, _) = self.encoder(self.embed_source(sources))
        h, _ = self.decoder(self.embed(inputs), (last, last))
        context = torch.bmm(torch.softmax(torch.bmm(h, encoded.transpose(1, 2)), 2), encoded)
        return self.head(torch.tanh(self.combine(torch.cat([context, h], 2))))


def pairs_iteration(config):
    B, T, S, V, H = (config[k] for k in ("batchSize", "timesteps", "sourceLength", "vocabSize", "hiddenSize"))
    model = Pairs(H, V)
    optimiser = torch.optim.Adam(model.parameters(), 1e-3)
    sources, inputs, y = torch.randint(35, (B, S)), torch.randint(V, (B, T)), torch.randint(V, (B * T,))

    def run():
        optimiser.zero_grad()
        loss = torch.nn.functional.cross_entropy(model(sources, inputs).reshape(-1, V), y)
        loss.backward()
        optimiser.step()

    return run


def iteration(config):
    if config["model"] == "seq2seq":
        return pairs_iteration(config)
    B, T, V, H = (config[k] for k in ("batchSize", "timesteps", "vocabSize", "hiddenSize"))
    layer = {"rnn": torch.nn.RNN, "gru": torch.nn.GRU, "lstm": torch.nn.LSTM}[config["model"]](V, H, batch_first=True)
    head = torch.nn.Linear(H, V)
    weights = [*layer.parameters(), *head.parameters()]
    optimiser = torch.optim.Adam(weights, 1e-3)
    x = torch.nn.functional.one_hot(torch.randint(V, (B, T)), V).float()
    y = torch.randint(V, (B * T,))

    def run():
        optimiser.zero_grad()
        loss = torch.nn.functional.cross_entropy(head(layer(x)[0]).reshape(-1, V), y)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(weights, 5)
        optimiser.step()

    return run


blas = "unknown"
for line in torch.__config__.show().split("\n"):
    if "BLAS_INFO" in line:
        blas = line.split("BLAS_INFO=")[1].split(",")[0]
print(json.dumps({"version": torch.__version__, "blas": blas, "sgemm": sgemm_rate()}), flush=True)
run = None
for line in sys.stdin:
    message = json.loads(line)
    if message["act"] == "config":
        run = iteration(message["config"])
        for _ in range(3):
            run()
        print("{}", flush=True)
        continue
    start, wall, count = time.process_time(), time.perf_counter(), 0
    while count < 2 or time.perf_counter() - wall < message["milliseconds"] / 1000:
        run()
        count += 1
    print(json.dumps({"value": (time.process_time() - start) / count * 1000}), flush=True)
