/**
 * Where one run of a recurrent layer keeps its sizes and arrays. The page's side writes the fields in this order
 * (sequence-plan.ts), each four bytes. Sizes are rounded up: B to 4 unless it is less, the others to 8.
 */
@unmanaged
export class Plan {
  T: i32;
  B: i32;
  D: i32;
  H: i32;
  V: i32;
  /** tanh 0, ReLU 1, identity 2, sigmoid 3: of the vanilla RNN */
  activation: i32;
  /** 1 when the first state is not zero, or its gradient is wanted */
  hasFirst: i32;
  /** i32 [T,B]; 0 when the layer reads vectors x */
  tokens: usize;
  /** i32 [T,B], 1 = a step that counts, 0 = the state passes unchanged; 0 when all count */
  mask: usize;
  /** panels [D/8][T·B][8] */
  x: usize;
  dx: usize;
  /** packed weights, gates side by side: [G·H/8][D or V][8], [G·H/8][H][8], [G·H] */
  Wx: usize;
  Wh: usize;
  b: usize;
  /** of the GRU with reset after: [H] */
  bhn: usize;
  dWx: usize;
  dWh: usize;
  db: usize;
  dbhn: usize;
  /** scratch of the sizes of Wx and Wh: rows with the bias added, or Wxᵀ; and Whᵀ */
  table: usize;
  WhT: usize;
  /** gates [G·H/8][T·B][8]; after the backward pass what reaches them */
  z: usize;
  /** states [H/8][(T+1)·B][8], the first one in front */
  h: usize;
  c: usize;
  /** tanh of c, or r ⊙ hPrev, [H/8][T·B][8] */
  y: usize;
  /** gradients of the states, [H/8][(T+1)·B][8], the first one's in front */
  dh: usize;
  /** of the cell state of one step, [H/8][B][8] */
  dc: usize;
  /** f32 [T], squares of the norms of ∂loss/∂h_t and ∂loss/∂c_t; 0 when nobody asks */
  normsH: usize;
  normsC: usize;
}

/** Steps of bytes between panels. */
@inline
export function stateStep(p: Plan): usize {
  return (<usize>(p.T + 1) * <usize>p.B) << 5;
}
@inline
export function gateStep(p: Plan): usize {
  return (<usize>p.T * <usize>p.B) << 5;
}
