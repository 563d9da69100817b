/* GloVe's training as its C program (version 1.2) does it, written anew for the bench: double precision, records read from a
   file one by one, logarithm and weight computed for each, every component clipped to +-100, AdaGrad in buffers whose sums are
   checked before they are applied.
   glove_peer RECORDS V D epochs -> processor seconds, mean cost of the last epoch */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define CLIP 100.0
#define RATE 0.05

static double finite_or_0(double step) { return isfinite(step) ? step : 0; }

typedef struct { int row, column; double count; } Record;

int main(int count, char **args) {
  if (count < 5) return 1;
  long V = atol(args[2]), D = atol(args[3]), epochs = atol(args[4]), width = D + 1;
  double *w, *squares, cost = 0;
  double *stepa = malloc(D * 8), *stepb = malloc(D * 8);
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
      if (!isfinite(off)) continue;
      double slope = (r.count > 10 ? 1 : pow(r.count / 10, 0.75)) * off;
      cost += 0.5 * slope * off;
      n++;
      double suma = 0, sumb = 0;
      for (long k = 0; k < D; k++) {
        double ga = fmin(fmax(slope * b[k], -CLIP), CLIP) * RATE, gb = fmin(fmax(slope * a[k], -CLIP), CLIP) * RATE;
        stepa[k] = ga / sqrt(sa[k]);
        stepb[k] = gb / sqrt(sb[k]);
        suma += stepa[k];
        sumb += stepb[k];
        sa[k] += ga * ga;
        sb[k] += gb * gb;
      }
      if (isfinite(suma) && isfinite(sumb))
        for (long k = 0; k < D; k++) {
          a[k] -= stepa[k];
          b[k] -= stepb[k];
        }
      double forward = slope * RATE;
      a[D] -= finite_or_0(forward / sqrt(sa[D]));
      b[D] -= finite_or_0(forward / sqrt(sb[D]));
      sa[D] += forward * forward;
      sb[D] += forward * forward;
    }
    fclose(file);
  }
  printf("%f %f\n", (clock() - start) / (double)CLOCKS_PER_SEC, cost / n);
  return 0;
}
