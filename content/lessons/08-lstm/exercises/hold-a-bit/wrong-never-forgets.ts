function bitHolder() {
  return {
    Wx: [20, 0, 20, 0, /* [0, 1] */ 20, 0, 0, 0],
    Wh: [0, 0, 0, 0],
    b: [-10, 10, 0, 10],
  };
}
