function cosine(u: number[], v: number[]): number {
  let [product, uu, vv] = [0, 0, 0];
  u.forEach((x, k) => {
    product += x * v[k]!;
    uu += x * x;
    vv += v[k]! * v[k]!;
  });
  return uu > 0 && vv > 0 ? product / Math.sqrt(uu * vv) : 0;
}
