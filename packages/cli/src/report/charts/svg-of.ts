import * as Plot from "@observablehq/plot";
import { parseHTML } from "linkedom";
import { Html } from "../html.ts";

/** Pixels that a chart is wide: cards of this width stand beside each other, so that nothing is made smaller on narrow screens. */
export const CHART_WIDTH = 344;

const STYLE = { background: "none", fontFamily: "inherit", fontSize: "11.5px", overflow: "visible", maxWidth: "100%", height: "auto" };

/** A chart as SVG within a page. `title` is its name for those who do not see it. */
export function svgOf(title: string, options: Plot.PlotOptions): Html {
  const { document } = parseHTML("<!doctype html><html><body></body></html>");
  const svg = Plot.plot({
    width: CHART_WIDTH,
    style: STYLE,
    ...options,
    document: document as unknown as Plot.PlotOptions["document"],
    ariaLabel: title,
  });
  svg.setAttribute("role", "img");
  svg.removeAttribute("class");
  for (const style of svg.querySelectorAll("style")) style.remove();
  return new Html(svg.outerHTML);
}
