// Part of the entry file tf.ts, which imports it before TensorFlow.js: it must run before the module that would
// install TensorFlow.js's own platform for Node. That one needs Node's util, which a bundle for the browser has not,
// and prints an advertisement.
import "@tensorflow/tfjs-core/dist/engine";
import "@tensorflow/tfjs-core/dist/flags";
import { env } from "@tensorflow/tfjs-core/dist/environment";

const environment = env();
environment.set("IS_NODE", false);
if (!environment.getBool("IS_BROWSER")) {
  environment.setPlatform("notebook", {
    fetch: () => Promise.reject(new Error("TensorFlow.js cannot load anything from the network here.")),
    now: () => performance.now(),
    encode: (text) => new TextEncoder().encode(text),
    decode: (bytes) => new TextDecoder().decode(bytes),
    setTimeoutCustom: (callback, delay) => void setTimeout(callback, delay),
    isTypedArray: (value): value is Float32Array | Int32Array | Uint8Array | Uint8ClampedArray =>
      value instanceof Float32Array ||
      value instanceof Int32Array ||
      value instanceof Uint8Array ||
      value instanceof Uint8ClampedArray,
  });
}
