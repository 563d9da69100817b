import type { RunHooks } from "#src/notebook/runtime/host.ts";
import type * as tfc from "@tensorflow/tfjs-core";

type Engine = ReturnType<typeof tfc.engine>;
type Scope = Engine["state"]["activeScope"];

/** What a cell's last run made: freed when the cell runs again. */
interface Owned {
  tensors: tfc.Tensor[];
  variables: tfc.Variable[];
  known: Set<string>;
  scope: Scope;
}

const MAX_OBJECTS = 50_000;

/**
 * Tensors belong to the cell whose run made them, unless an object of an upstream cell holds them: an optimiser's
 * slots, made at the first `fit`, belong to the cell that made the optimiser, or a rerun of the fit would free them
 * under it. Sound because one cell runs at a time.
 */
export function tensorOwnership(engine: Engine): RunHooks {
  return {
    before(cell): Owned {
      engine.startScope(`cell ${cell}`);
      const known = new Set(Object.keys(engine.registeredVariables));
      return { tensors: [], variables: [], known, scope: engine.state.activeScope };
    },
    after(token, upstream) {
      const owned = token as Owned;
      // An abandoned run may have left scopes open.
      while (engine.state.activeScope && engine.state.activeScope !== owned.scope) engine.endScope();
      owned.tensors = [...owned.scope.track];
      engine.endScope(owned.tensors);
      const names = Object.keys(engine.registeredVariables).filter((name) => !owned.known.has(name));
      owned.variables = names.map((name) => engine.registeredVariables[name]!);
      for (const { exports, token: other } of upstream)
        handOver(owned, other as Owned, tensorsIn(exports, engine));
    },
    dispose(token) {
      const { tensors, variables } = token as Owned;
      for (const tensor of tensors) if (!tensor.isDisposed && !tensor.kept) tensor.dispose();
      for (const variable of variables) if (!variable.isDisposed) variable.dispose();
    },
    count(token) {
      const { tensors, variables } = token as Owned;
      const alive = [...tensors, ...variables].filter((tensor) => !tensor.isDisposed);
      return { tensors: alive.length, bytes: alive.reduce((sum, tensor) => sum + 4 * tensor.size, 0) };
    },
  };
}

function handOver(from: Owned, to: Owned, held: Set<unknown>): void {
  to.tensors.push(...from.tensors.filter((tensor) => held.has(tensor)));
  to.variables.push(...from.variables.filter((variable) => held.has(variable)));
  from.tensors = from.tensors.filter((tensor) => !held.has(tensor));
  from.variables = from.variables.filter((variable) => !held.has(variable));
}

/** Every tensor that can be reached from these values without calling anything. */
function tensorsIn(values: unknown, engine: Engine): Set<unknown> {
  const found = new Set<unknown>();
  const seen = new Set<unknown>([engine]);
  const waiting: unknown[] = [values];
  while (waiting.length && seen.size < MAX_OBJECTS) {
    const value = waiting.pop();
    if (value === null || typeof value !== "object" || seen.has(value) || ArrayBuffer.isView(value)) continue;
    seen.add(value);
    if ("dataId" in value) found.add(value);
    // one by one: a list of a hundred thousand is too long for arguments
    else for (const child of childrenOf(value)) waiting.push(child);
  }
  return found;
}

function childrenOf(value: object): unknown[] {
  if (value instanceof Map || value instanceof Set) return [...value.values()];
  if (Array.isArray(value)) return value.length > 5000 && typeof value[0] !== "object" ? [] : value;
  const properties = Object.values(Object.getOwnPropertyDescriptors(value));
  return properties.map((property) => property.value as unknown);
}
