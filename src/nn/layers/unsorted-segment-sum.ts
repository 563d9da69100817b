import * as tf from "@tensorflow/tfjs-core";

/**
 * Gives TensorFlow.js's wasm backend the operation that it lacks, without which gather and tf.layers.embedding cannot be trained
 * there: row s of the sum [N,…] adds up the rows of x whose segment id is s; ids outside 0 … N − 1 count nowhere.
 *
 * Call it once, after the backend is there; a backend that has the operation is left as it is.
 */
export function registerUnsortedSegmentSum(backendName = "wasm"): void {
  if (tf.getKernel(tf.UnsortedSegmentSum, backendName)) return;
  tf.registerKernel({
    kernelName: tf.UnsortedSegmentSum,
    backendName,
    kernelFunc({ inputs, attrs }) {
      const [x, segmentIds] = [inputs["x"]!, inputs["segmentIds"]!];
      const { numSegments: N } = attrs as unknown as tf.UnsortedSegmentSumAttrs;
      const engine = tf.engine();
      const values = engine.readSync(x.dataId) as Float32Array;
      const ids = engine.readSync(segmentIds.dataId) as Int32Array;
      const size = values.length / ids.length;
      const sums = new Float32Array(N * size);
      for (let n = 0; n < ids.length; n++) {
        const s = ids[n]!;
        if (s < 0 || s >= N) continue;
        for (let k = 0; k < size; k++) sums[s * size + k]! += values[n * size + k]!;
      }
      return engine.makeTensor(sums, [N, ...x.shape.slice(segmentIds.shape.length)], x.dtype) as tf.Tensor;
    },
  });
}
