function countParameters(T: number, D: number, H: number) {
  const layer = D * H + H * H + H;
  return { own: T * layer - H * H, shared: T * layer };
}
