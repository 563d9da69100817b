function shift(target: number[], bos: number, eos: number) {
  const whole = [bos, ...target, eos];
  return { inputs: whole.slice(0, -2), targets: whole.slice(2) };
}
