declare module "@observablehq/runtime" {
  interface Variable {
    define(name: string, inputs: string[], definition: (...values: number[]) => unknown): Variable;
  }
  interface Module {
    variable(observer: { fulfilled(value: unknown): void }): Variable;
    value(name: string): Promise<unknown>;
  }
  export class Runtime {
    module(): Module;
  }
}
