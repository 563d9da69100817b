const reachOf = (layers: number, taps: number) => 1 + (taps - 1) * (2 ** layers - 1);
check("the layers reach far enough", () => {
  for (const taps of [2, 3, 5])
    for (let steps = 1; steps <= 200; steps++) {
      const own = layersNeeded(steps, taps);
      if (!(reachOf(own, taps) >= steps))
        return `${own} layers of ${taps} taps see ${reachOf(own, taps)} steps, not ${steps}`;
    }
  return true;
});
check("one layer fewer would not", () => {
  for (const taps of [2, 3, 5])
    for (let steps = 2; steps <= 200; steps++) {
      const own = layersNeeded(steps, taps);
      if (reachOf(own - 1, taps) >= steps)
        return `for ${steps} steps ${own - 1} layers of ${taps} taps are enough, you say ${own}`;
    }
  return true;
});
check("it is a whole number, also where the reach fits exactly", () => {
  const exact = [4, 8, 16, 1024].map((steps) => layersNeeded(steps, 2));
  return close(exact, [2, 3, 4, 10]) || `for 4, 8, 16 and 1024 steps you say ${exact}`;
});
check("one step needs no layer", () => {
  const own = layersNeeded(1, 3);
  return own === 0 || `you say ${own}`;
});
check("a single tap never sees the past", () => {
  const own = [layersNeeded(5, 1), layersNeeded(1, 1)];
  return (own[0] === Infinity && own[1] === 0) || `for 5 steps and for 1 you say ${own}`;
});
