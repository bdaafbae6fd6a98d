import { differencesChart, valuesChart } from "../charts/metric-charts.ts";
import { html, type Html } from "../html.ts";
import type { Report, ReportMetric } from "../report.ts";
import { SIGNS } from "./verdict.ts";

/** Rows of a chart. */
const MAX_DRAWN = 24;

/** The values of all seeds, and the differences with their intervals, for each metric that is not the same everywhere. */
export function metricsSection(report: Report): Html | null {
  const { variants, metrics } = report;
  if (variants.length === 1) return null;
  if (variants.length > MAX_DRAWN) {
    return html`<section>
      <h2>Seeds and differences</h2>
      <p>${variants.length} variants are too many to be drawn beside each other.</p>
    </section>`;
  }
  const shown = metrics.filter(({ values }) => new Set(values.flat().filter((value) => value !== null)).size > 1);
  const legend = (["better", "worse", "other", "undecided"] as const).map(
    (tone) => html`<li><b class="tone-${tone}">${SIGNS[tone]}</b> ${LEGEND[tone]}</li>`,
  );
  return html`<section>
    <h2>Seeds and differences</h2>
    <p class="muted small">
      Each dot is the run of one seed, the tick their mean. Differences are ratios of runs with the same seed, with 95 % intervals; within
      the grey band they are too small to matter.
    </p>
    <ul class="legend">
      ${legend}
    </ul>
    <div class="cards">${shown.map((metric) => metricCard(report, metric))}</div>
  </section>`;
}

const LEGEND = {
  better: "better",
  worse: "worse",
  other: "different, neither better nor worse",
  undecided: "not told apart (hollow)",
} as const;

function metricCard(report: Report, metric: ReportMetric): Html {
  const caption = html`<figcaption>
    <h3>${metric.title}</h3>
    <p class="muted small">${metric.description}</p>
  </figcaption>`;
  return html`<figure>${caption}${valuesChart(report, metric)}${differencesChart(report, metric)}</figure>`;
}
