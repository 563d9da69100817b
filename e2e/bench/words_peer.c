/* Skip-gram with negative sampling as word2vec.c does it, written anew for the bench: one target at a time, a table of
   noise words, a table of the sigmoid, a learning rate that falls with the words. Reads int32 tokens, -1 between texts.
   words_peer TOKENS V D window negatives epochs table_size -> processor seconds, mean loss of the last tenth */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define STEPS 1000
#define LIMIT 6

static unsigned long long state = 1;
static unsigned long long draw(void) { return state = state * 25214903917ULL + 11; }

int main(int count, char **args) {
  if (count < 8) return 1;
  FILE *file = fopen(args[1], "rb");
  fseek(file, 0, SEEK_END);
  long n = ftell(file) / 4;
  rewind(file);
  int *tokens = malloc(n * 4);
  if (fread(tokens, 4, n, file) != (size_t)n) return 1;
  fclose(file);
  long V = atol(args[2]), D = atol(args[3]), window = atol(args[4]), K = atol(args[5]), epochs = atol(args[6]), size = atol(args[7]);
  long *counts = calloc(V, sizeof(long));
  for (long k = 0; k < n; k++) if (tokens[k] >= 0) counts[tokens[k]]++;
  double total = 0, sum = 0;
  for (long v = 0; v < V; v++) total += pow(counts[v], 0.75);
  int *table = malloc(size * sizeof(int));
  for (long k = 0, v = 0; k < size; k++) {
    if (k == 0) sum = pow(counts[0], 0.75) / total;
    table[k] = v;
    if (k / (double)size > sum && v < V - 1) sum += pow(counts[++v], 0.75) / total;
  }
  float sigmoid[STEPS];
  for (int k = 0; k < STEPS; k++) {
    float e = exp((k / (float)STEPS * 2 - 1) * LIMIT);
    sigmoid[k] = e / (e + 1);
  }
  float *in, *out, *gradient = calloc(D, 4);
  if (posix_memalign((void **)&in, 128, V * D * 4) || posix_memalign((void **)&out, 128, V * D * 4)) return 1;
  for (long k = 0; k < V * D; k++) in[k] = ((draw() & 0xFFFF) / 65536.0f - 0.5f) / D;
  memset(out, 0, V * D * 4);
  double loss = 0;
  long judged = 0;
  clock_t start = clock();
  for (long epoch = 0; epoch < epochs; epoch++)
    for (long at = 0; at < n; at++) {
      int word = tokens[at];
      if (word < 0) continue;
      float share = (epoch * n + at) / (float)(epochs * n), rate = 0.05f * (1 - share);
      if (rate < 0.05f * 1e-4f) rate = 0.05f * 1e-4f;
      long span = window - (draw() >> 16) % window;
      for (int side = -1; side <= 1; side += 2)
        for (long d = 1; d <= span; d++) {
          long other = at + side * d;
          if (other < 0 || other >= n || tokens[other] < 0) break;
          float *v = in + tokens[other] * D;
          memset(gradient, 0, D * 4);
          for (long k = 0; k <= K; k++) {
            long target = word, label = 1;
            if (k > 0) {
              target = table[(draw() >> 16) % size];
              if (target == word) continue;
              label = 0;
            }
            float *u = out + target * D, score = 0, g;
            for (long i = 0; i < D; i++) score += v[i] * u[i];
            if (score > LIMIT) g = (label - 1) * rate;
            else if (score < -LIMIT) g = label * rate;
            else g = (label - sigmoid[(int)((score + LIMIT) * (STEPS / LIMIT / 2))]) * rate;
            if (share > 0.9f) loss += log1p(exp(label ? -score : score));
            for (long i = 0; i < D; i++) gradient[i] += g * u[i];
            for (long i = 0; i < D; i++) u[i] += g * v[i];
          }
          if (share > 0.9f) judged++;
          for (long i = 0; i < D; i++) v[i] += gradient[i];
        }
    }
  printf("%f %f\n", (clock() - start) / (double)CLOCKS_PER_SEC, loss / judged);
  return 0;
}
