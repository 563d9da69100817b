import { figures } from "virtual:figure-schemas";
import { type Bundle, DISPLAY, figureMime } from "#src/notebook/runtime/bundle.ts";

type FigureMaker = (data: unknown) => { [DISPLAY](): Bundle };

/** `figure.gradientMicroscope(data)`: a figure of that name, which the page draws with its own component. */
export function create(): { figure: Record<string, FigureMaker> } {
  const makers = Object.entries(figures).map(([name, { schema, describe }]) => {
    const maker: FigureMaker = (data) => {
      const result = schema.safeParse(data);
      if (!result.success) throw new TypeError(`figure.${camelCase(name)}: ${firstIssue(result.error)}`);
      const bundle: Bundle = { "text/plain": describe(result.data), [figureMime(name)]: result.data };
      return { [DISPLAY]: () => bundle };
    };
    return [camelCase(name), maker] as const;
  });
  return { figure: Object.fromEntries(makers) };
}

const camelCase = (name: string): string =>
  name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

function firstIssue(error: { issues: readonly { path: readonly PropertyKey[]; message: string }[] }): string {
  const [issue] = error.issues;
  const path = issue?.path.map(String).join(".");
  return path ? `${path}: ${issue!.message}` : (issue?.message ?? "the data do not fit");
}
