function shift(target: number[], bos: number, eos: number) {
  return { inputs: [bos, ...target], targets: [...target, eos] };
}
