function countParameters(T: number, D: number, H: number) {
  const shared = D * H + H * H + H;
  return { own: T * shared, shared };
}
