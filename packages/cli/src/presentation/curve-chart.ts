import type { Line, LineChart } from "@ballast/fidelity/chart";
import type { MissRatioCurves } from "@ballast/server/curves";
import { showCount } from "@ballast/core/quantities";

/** A curve of each algorithm, over memory in powers of ten. */
export function curveChart({ trace, referenceCount, pageCount, curves, shards }: MissRatioCurves): LineChart {
  const lines: Line[] = curves.map(({ policy, points }) => ({
    name: policy,
    shape: points.length === 1 ? "dots" : "line",
    points: points.map(({ frames, missRatio }) => [frames, missRatio] as const),
  }));
  if (shards !== null) {
    const points = shards.points.map(({ frames, missRatio }) => [frames, missRatio] as const);
    lines.push({ name: `lru by SHARDS-adj, rate ${shards.rate}`, shape: "dots", points });
  }
  return {
    kind: "lines",
    name: "miss-ratio-curves",
    title: `Miss ratio curves of ${trace}`,
    description: `${showCount(referenceCount)} references to ${showCount(pageCount)} pages; all frames are for them.`,
    x: { label: "memory (frames of 4 KiB)", isLogarithmic: true },
    y: { label: "miss ratio", from: 0 },
    lines,
  };
}

/** A page that needs nothing besides itself. */
export function chartPage(title: string, svg: string): string {
  const head = `<meta charset="utf-8"><title>${escape(title)}</title><meta name="viewport" content="width=device-width">`;
  const style =
    "<style>:root{color-scheme:light dark}body{margin:1rem;display:flex;justify-content:center}svg{max-width:100%;height:auto}</style>";
  return `<!doctype html>\n<html lang="en"><head>${head}${style}</head><body>\n${svg}</body></html>\n`;
}

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
