import * as ObservablePlot from "@observablehq/plot";
import { createDocument } from "./parts/document.ts";
import { carryHover } from "./parts/hover.ts";

type PlotOptions = ObservablePlot.PlotOptions & { document?: Document };

/** Observable Plot, drawing into a document of its own: a chart's last expression shows it. */
export function create(): { Plot: typeof ObservablePlot } {
  const document = createDocument();
  const plot = (options: PlotOptions = {}) => {
    const marks = ([options.marks ?? []] as unknown[]).flat(Infinity).map(carryHover);
    const chart = ObservablePlot.plot({
      document,
      ...options,
      marks: marks as ObservablePlot.Markish[],
    } as PlotOptions);
    describe(chart, options);
    return chart;
  };
  const legend = (options: ObservablePlot.LegendOptions) =>
    ObservablePlot.legend({ document, ...options } as ObservablePlot.LegendOptions);
  // Plot.lineY(…).plot() is defined on the class and knows no document.
  Object.assign(ObservablePlot.Mark.prototype, {
    plot(this: ObservablePlot.Mark, options: PlotOptions = {}) {
      return plot({ ...options, marks: [...(options.marks ?? []), this as ObservablePlot.Markish] });
    },
  });
  return { Plot: { ...ObservablePlot, plot, legend } as typeof ObservablePlot };
}

/** Every chart says what it is: its ariaLabel, or its title, or which quantity it draws against which. */
function describe(chart: (SVGSVGElement | HTMLElement) & ObservablePlot.Plot, options: PlotOptions): void {
  if (chart.getAttribute("aria-label")) return;
  // With a legend the chart is a figure around the drawing that has the label.
  if (typeof options.ariaLabel === "string") return chart.setAttribute("aria-label", options.ariaLabel);
  const axis = (name: "x" | "y") => {
    const label = (chart.scale(name) as { label?: string } | undefined)?.label;
    return typeof label === "string" ? label.replace(/[↑→←↓]/g, "").trim() : undefined;
  };
  const title = typeof options.title === "string" ? options.title : undefined;
  const [x, y] = [axis("x"), axis("y")];
  chart.setAttribute("aria-label", title ?? (x && y ? `Chart of ${y} against ${x}` : "Chart"));
}
