function bitHolder() {
  return {
    Wx: [6, -6, 20, 0, /* [0, 1] */ 6, -6, 0, 0],
    Wh: [0, 0, 0, 0],
    b: [-3, 3, 0, 3],
  };
}
