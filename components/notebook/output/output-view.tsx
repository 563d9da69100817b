import type { Bundle, InputValue } from "#src/notebook/runtime/bundle.ts";
import type { CellError } from "#src/notebook/runtime/message.ts";
import { Checks } from "./checks.tsx";
import type { OnInput } from "./control-props.ts";
import { Control } from "./controls.tsx";
import { ErrorOutput } from "./error.tsx";
import type { FigureRegistry } from "./figure-registry.ts";
import { FigureView } from "./figure-view.tsx";
import { Image } from "./image.tsx";
import { InspectValue } from "./inspect-value.tsx";
import { Latex } from "./latex.tsx";
import { Log, type LogLine } from "./log.tsx";
import type { Maths } from "./maths.ts";
import { outputId } from "./output-id.ts";
import type { Reveal } from "./place.tsx";
import { PlainText } from "./plain-text.tsx";
import { Progress, type ProgressState } from "./progress.tsx";
import { richestPart } from "./richest.ts";
import { SvgTree } from "./svg-tree.tsx";
import { Table } from "./table.tsx";

export interface OutputViewProps {
  /** the cell's id */
  cell: string;
  /** in the order in which they are shown; bundles have passed the page's guards */
  outputs: { slot: string; bundle: Bundle }[];
  logs: LogLine[];
  error?: CellError;
  progress?: ProgressState;
  /** false for what the build put there */
  isLive: boolean;
  /** what the reader gave a control of the cell, by its name */
  held?: (name: string) => InputValue | undefined;
  onInput?: OnInput;
  onReveal?: Reveal;
  figures?: FigureRegistry;
  /** given at build; the page loads its own */
  maths?: Maths;
}

/** All that a cell shows: logs, outputs, progress, error. The same at build and in the page. */
export function OutputView(props: OutputViewProps) {
  const { cell, outputs, logs, error, progress, isLive, onReveal } = props;
  return (
    <div class="output" role="group" aria-label={`Output of ${cell}`}>
      {logs.length > 0 && <Log cell={cell} logs={logs} onReveal={onReveal} />}
      {outputs.map(({ slot, bundle }) => (
        <Slot key={slot} id={outputId(cell, slot)} bundle={bundle} view={props} />
      ))}
      {progress && <Progress progress={progress} />}
      {error && <ErrorOutput cell={cell} error={error} isLive={isLive} onReveal={onReveal} />}
    </div>
  );
}

function Slot({ id, bundle, view }: { id: string; bundle: Bundle; view: OutputViewProps }) {
  const part = richestPart(bundle);
  const plain = bundle["text/plain"];
  switch (part.kind) {
    case "input":
      return (
        <Control spec={part.spec} prefix={id} held={view.held?.(part.spec.name)} onInput={view.onInput} />
      );
    case "checks":
      return <Checks results={part.results} />;
    case "figure":
      return (
        <FigureView
          name={part.name}
          data={part.data}
          id={id}
          plain={plain}
          figures={view.figures}
          isLive={view.isLive}
        />
      );
    case "svg":
      return <SvgTree tree={part.tree} prefix={id} description={plain} />;
    case "table":
      return <Table table={part.table} id={id} />;
    case "latex":
      return <Latex tex={part.tex} maths={view.maths} />;
    case "image":
      return <Image base64={part.base64} description={plain} />;
    case "value":
      return <InspectValue node={part.node} />;
    case "text":
      return <PlainText text={plain} />;
  }
}
