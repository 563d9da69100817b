import type { SequenceBatch, SequenceEvaluation } from "../../model.ts";
import type { Parts } from "./part.ts";

/** The last layer of a network and its loss: classes by softmax and cross-entropy, or values by squared error. */
export interface Head {
  /** of x [R,K]; keeps what `backward` needs */
  loss(x: Float32Array, batch: Pick<SequenceBatch, "targets">, mask?: ArrayLike<number>): SequenceEvaluation;
  /** dx [R,K] of the loss before */
  backward(): Float32Array;
  /** log-probabilities or values, [R,N] */
  outputs(x: Float32Array): Float32Array;
}

/** A head with the weights Wy and by. */
export function headOf(parts: Parts, output: "classes" | "values", [inputSize, N]: [number, number]): Head {
  return output === "classes" ? classesHead(parts, [inputSize, N]) : valuesHead(parts, [inputSize, N]);
}

function classesHead(parts: Parts, [inputSize, vocabSize]: [number, number]): Head {
  const classes = parts.classes({ inputSize, vocabSize }, { Wy: "Wy", by: "by" });
  return {
    loss: (x, { targets }, mask) => classes.loss(x, targets as Int32Array, mask),
    backward: () => classes.backward(),
    outputs: (x) => classes.logProbs(x),
  };
}

/** The mean of the squared errors over the kept rows and all their N values. */
function valuesHead(parts: Parts, [inputSize, outputSize]: [number, number]): Head {
  const linear = parts.dense({ inputSize, outputSize }, { W: "Wy", b: "by" });
  let dy = new Float32Array(0);
  return {
    loss(x, { targets }, mask) {
      const y = linear.forward(x);
      const rows = y.length / outputSize;
      const isKept = (k: number) => !mask || mask[Math.floor(k / outputSize)] !== 0;
      let kept = 0;
      for (let n = 0; n < rows; n++) kept += Number(isKept(n * outputSize));
      if (kept === 0) throw new Error("the mask keeps no target, so there is no mean loss");
      let sum = 0;
      dy = y.map((value, k) => {
        if (!isKept(k)) return 0;
        const error = value - targets[k]!;
        sum += error * error;
        return (2 * error) / (kept * outputSize);
      });
      return { loss: sum / (kept * outputSize), kept };
    },
    backward: () => linear.backward(dy),
    outputs: (x) => linear.forward(x),
  };
}
