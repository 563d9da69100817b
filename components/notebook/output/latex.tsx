import { useEffect, useMemo, useState } from "preact/hooks";
import type { Maths } from "./maths.ts";
import { mathNodes } from "./mathml.ts";

export interface LatexProps {
  tex: string;
  /** given at build; without it KaTeX is loaded when the formula is first shown, and its source stands there until then */
  maths?: Maths;
}

/** A formula, as MathML. */
export function Latex({ tex, maths }: LatexProps) {
  const [loaded, setLoaded] = useState<Maths>();
  const [failure, setFailure] = useState("");
  useEffect(() => {
    if (maths || loaded) return;
    import("./maths.ts").then(
      (module) => setLoaded(() => module.createMaths()),
      () => setFailure("The typesetter could not be loaded: check the connection and run the cell again."),
    );
  }, [maths, loaded]);

  const typeset = maths ?? loaded;
  const result = useMemo(() => typeset?.(tex), [typeset, tex]);
  if (result && "markup" in result) return <div class="output-maths">{mathNodes(result.markup)}</div>;
  const problem = result ? `This formula could not be set. ${result.problem}` : failure;
  return (
    <div class="output-maths">
      <pre>{tex}</pre>
      {problem && <p class="output-note">{problem}</p>}
    </div>
  );
}
