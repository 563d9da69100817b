/* GloVe's training as its C program does it, written anew for the bench: double precision, records read from a file one by
   one, logarithm and weight computed for each, AdaGrad.
   glove_peer RECORDS V D epochs -> processor seconds, mean cost of the last epoch */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

typedef struct { int row, column; double count; } Record;

int main(int count, char **args) {
  if (count < 5) return 1;
  long V = atol(args[2]), D = atol(args[3]), epochs = atol(args[4]), width = D + 1;
  double *w, *squares, cost = 0;
  if (posix_memalign((void **)&w, 128, 2 * V * width * 8) || posix_memalign((void **)&squares, 128, 2 * V * width * 8)) return 1;
  srand(1);
  for (long k = 0; k < 2 * V * width; k++) {
    w[k] = (rand() / (double)RAND_MAX - 0.5) / D;
    squares[k] = 1;
  }
  long n = 0;
  clock_t start = clock();
  for (long epoch = 0; epoch < epochs; epoch++) {
    FILE *file = fopen(args[1], "rb");
    Record r;
    cost = n = 0;
    while (fread(&r, sizeof r, 1, file) == 1) {
      double *a = w + r.row * width, *b = w + (r.column + V) * width;
      double *sa = squares + r.row * width, *sb = squares + (r.column + V) * width;
      double off = a[D] + b[D] - log(r.count);
      for (long k = 0; k < D; k++) off += a[k] * b[k];
      double slope = (r.count > 10 ? 1 : pow(r.count / 10, 0.75)) * off;
      cost += 0.5 * slope * off;
      n++;
      for (long k = 0; k < D; k++) {
        double ga = slope * b[k], gb = slope * a[k];
        a[k] -= 0.05 * ga / sqrt(sa[k]);
        b[k] -= 0.05 * gb / sqrt(sb[k]);
        sa[k] += ga * ga;
        sb[k] += gb * gb;
      }
      a[D] -= 0.05 * slope / sqrt(sa[D]);
      b[D] -= 0.05 * slope / sqrt(sb[D]);
      sa[D] += slope * slope;
      sb[D] += slope * slope;
    }
    fclose(file);
  }
  printf("%f %f\n", (clock() - start) / (double)CLOCKS_PER_SEC, cost / n);
  return 0;
}
