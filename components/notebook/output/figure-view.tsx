import { useErrorBoundary, useMemo } from "preact/hooks";
import type { FigureModule, FigureRegistry } from "./figure-registry.ts";
import { PlainText } from "./plain-text.tsx";

export interface FigureViewProps {
  name: string;
  data: unknown;
  /** stands before the figure's own ids */
  id: string;
  plain: string;
  figures?: FigureRegistry;
  /** in a page that the build makes, the figure carries its data and becomes alive at the first touch */
  isLive: boolean;
}

/** A figure of the course, when it is known and its data fit; else its text and the reason. */
export function FigureView({ name, data, id, plain, figures, isLive }: FigureViewProps) {
  const figure = figures?.get(name);
  const parsed = useMemo(() => figure?.schema.safeParse(data), [figure, data]);
  if (!figure)
    return (
      <Instead plain={plain} reason={`This page has no figure named “${name}”, so its text stands here.`} />
    );
  if (!parsed?.success)
    return (
      <Instead
        plain={plain}
        reason={`The figure “${name}” cannot draw these data, so their text stands here. ${issue(parsed?.error)}`}
      />
    );
  const carried = isLive ? undefined : { name, json: JSON.stringify(parsed.data) };
  return <Drawn figure={figure} data={parsed.data} id={id} plain={plain} carried={carried} />;
}

function Drawn({
  figure,
  data,
  id,
  plain,
  carried,
}: {
  carried?: { name: string; json: string };
  figure: FigureModule;
  data: unknown;
  id: string;
  plain: string;
}) {
  const [failure] = useErrorBoundary();
  if (failure)
    return <Instead plain={plain} reason={`The figure failed while it was drawn: ${messageOf(failure)}`} />;
  const describedBy = `${id}description`;
  const { View } = figure;
  return (
    <div class="output-figure" role="group" aria-describedby={describedBy}>
      <div data-figure={carried?.name} data-figure-data={carried?.json}>
        <View data={data} id={id} />
      </div>
      <p class="visually-hidden" id={describedBy}>
        {figure.describe(data)}
      </p>
    </div>
  );
}

function Instead({ plain, reason }: { plain: string; reason: string }) {
  return (
    <>
      <PlainText text={plain} />
      <p class="output-note">{reason}</p>
    </>
  );
}

const messageOf = (failure: unknown): string =>
  failure instanceof Error ? failure.message : String(failure);

/** The first thing that the schema complains about, with its place: "At hidden.2: expected number". */
function issue(error: unknown): string {
  const first = (error as { issues?: { path?: PropertyKey[]; message?: string }[] } | undefined)?.issues?.[0];
  if (!first?.message) return "";
  const path = first.path?.map(String).join(".");
  return path ? `At ${path}: ${first.message}.` : `${first.message}.`;
}
