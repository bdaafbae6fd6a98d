import { element, textElement, textWidth, wrapText } from "./svg.ts";
import { FONT_SIZES, SERIES_COLOURS, styleSheet } from "./theme.ts";

export const WIDTH = 760;
const HEIGHT_OF_PLOT = 280;
const MARGIN = { left: 64, right: 24, top: 30, bottom: 50 };
const LINE_HEIGHT = 17;
const LEGEND_KEY = 26;
const LEGEND_GAP = 22;

/** What a legend says of one series. */
export type LegendEntry = {
  readonly name: string;
  readonly colour: number;
  readonly key: "line" | "dashed" | "dotted" | "dot" | "bar" | "bar-expected";
};

/** Where things are drawn, in pixels from the upper left corner. */
export type PlotArea = { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };

/** Everything around a plot: paper, title, what it says, legend. `drawPlot` fills the area that is left. */
export function drawFrame(
  texts: { readonly title: string; readonly description: string },
  legend: readonly LegendEntry[],
  drawPlot: (area: PlotArea) => readonly string[],
): string {
  const textLeft = 20;
  const description = wrapText(texts.description, FONT_SIZES.description, WIDTH - 2 * textLeft);
  const rows = legendRows(legend, WIDTH - 2 * textLeft);
  const legendTop = MARGIN.top + 22 + description.length * LINE_HEIGHT;
  const top = legendTop + rows.length * (LINE_HEIGHT + 2) + 22;
  const area = { left: MARGIN.left, right: WIDTH - MARGIN.right, top, bottom: top + HEIGHT_OF_PLOT };
  const height = area.bottom + MARGIN.bottom;
  return `${element(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      width: WIDTH,
      height,
      viewBox: `0 0 ${WIDTH} ${height}`,
      role: "img",
      "aria-label": texts.title,
    },
    element("style", {}, styleSheet()),
    element("rect", { class: "paper", x: 0.5, y: 0.5, width: WIDTH - 1, height: height - 1, rx: 8 }),
    textElement({ class: "title", x: textLeft, y: MARGIN.top }, texts.title),
    ...description.map((line, index) => textElement({ class: "description", x: textLeft, y: MARGIN.top + 20 + index * LINE_HEIGHT }, line)),
    ...rows.flatMap((row, index) => drawLegendRow(row, textLeft, legendTop + index * (LINE_HEIGHT + 2))),
    ...drawPlot(area),
  )}\n`;
}

/** What a line's class adds for its strokes. */
export const DASHES = { line: "", dashed: " expected", dotted: " again" } as const;

export function colourOf(index: number): number {
  return index % SERIES_COLOURS;
}

/** Whether a line before it has the colour already, so that it must look different. */
export function isColourUsed(index: number): boolean {
  return index >= SERIES_COLOURS;
}

function legendRows(legend: readonly LegendEntry[], width: number): LegendEntry[][] {
  const rows: LegendEntry[][] = [];
  let taken = Infinity;
  for (const entry of legend) {
    const needed = entryWidth(entry);
    if (taken + needed > width) {
      rows.push([]);
      taken = 0;
    }
    rows.at(-1)?.push(entry);
    taken += needed;
  }
  return rows;
}

function entryWidth({ name }: LegendEntry): number {
  return LEGEND_KEY + textWidth(name, FONT_SIZES.label) + LEGEND_GAP;
}

function drawLegendRow(row: readonly LegendEntry[], left: number, top: number): string[] {
  let x = left;
  return row.flatMap((entry) => {
    const drawn = [drawKey(entry, x, top), textElement({ class: "label", x: x + LEGEND_KEY, y: top + 4 }, entry.name)];
    x += entryWidth(entry);
    return drawn;
  });
}

function drawKey({ colour, key }: LegendEntry, x: number, y: number): string {
  const series = `s${colour}`;
  if (key === "dot") return element("circle", { class: `${series} fill`, cx: x + 10, cy: y, r: 3.5 });
  if (key === "bar") return element("rect", { class: `${series} fill`, x: x + 4, y: y - 6, width: 12, height: 12, rx: 2 });
  if (key === "bar-expected") {
    return element("rect", { class: `${series} fill bar-expected`, x: x + 4, y: y - 6, width: 12, height: 12, rx: 2 });
  }
  return element("path", { class: `${series} line${DASHES[key]}`, d: `M${x} ${y}h20` });
}
