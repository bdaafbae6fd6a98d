import { SHOWN_BY_UNIT } from "@ballast/core/quantities";
import { html, type Html } from "../html.ts";
import type { Report, ReportMetric, ReportVariant } from "../report.ts";
import { toneMark } from "./verdict.ts";

const ROLES = { compared: null, uncommitted: "no overcommitment", bound: "bound" } as const;
/** Variants that fit beside each other; more are rows. */
const MAX_BESIDE = 8;

/** The mean of each metric over the seeds of each variant, and how it differs from the baseline's. */
export function resultsSection(report: Report): Html | null {
  const { metrics, seeds, variants } = report;
  if (metrics.length === 0) return null;
  const differences = report.baseline === null ? "" : "; below them the difference from the baseline and its 95 % interval";
  const means = seeds.length === 1 ? "Values of one seed." : `Means over ${seeds.length} seeds${differences}.`;
  const table = variants.length <= MAX_BESIDE ? metricRows(report) : variantRows(report);
  return html`<section>
    <h2>Results</h2>
    <p class="muted small">${means} Arrows say which direction is better.</p>
    <div class="scroll" tabindex="0" role="region" aria-label="Results">
      <table class="${variants.length === 1 ? "slim" : ""}">
        ${table}
      </table>
    </div>
  </section>`;
}

function metricRows({ metrics, variants, baseline }: Report): Html {
  const heads = variants.map((variant, place) => html`<th class="number" scope="col">${nameOf(variant, place === baseline)}</th>`);
  const rows = metrics.map((metric) => {
    const name = html`<th scope="row" title="${metric.description}">${metric.title}${arrowOf(metric)}</th>`;
    return rowOf(
      name,
      variants.map((_, place) => cellOf(metric, place)),
    );
  });
  return tableOf("metric", heads, rows);
}

function variantRows({ metrics, variants, baseline }: Report): Html {
  const heads = metrics.map(
    (metric) => html`<th class="number" scope="col" title="${metric.description}">${metric.title}${arrowOf(metric)}</th>`,
  );
  const rows = variants.map((variant, place) => {
    const name = html`<th scope="row">${nameOf(variant, place === baseline)}</th>`;
    return rowOf(
      name,
      metrics.map((metric) => cellOf(metric, place)),
    );
  });
  return tableOf("variant", heads, rows);
}

function rowOf(name: Html, cells: readonly Html[]): Html {
  return html`<tr>
    ${name} ${cells}
  </tr>`;
}

function tableOf(corner: string, heads: readonly Html[], rows: readonly Html[]): Html {
  return html`<thead>
      <tr>
        <th scope="col">${corner}</th>
        ${heads}
      </tr>
    </thead>
    <tbody>
      ${rows}
    </tbody>`;
}

function arrowOf({ better }: ReportMetric): string {
  if (better === null) return "";
  return better === "lower" ? " \u2193" : " \u2191";
}

function nameOf({ label, role }: ReportVariant, isBaseline: boolean): Html {
  const tag = isBaseline ? "baseline" : ROLES[role];
  return html`${label}${tag === null ? null : html` <span class="tag">${tag}</span>`}`;
}

function cellOf(metric: ReportMetric, place: number): Html {
  const values = (metric.values[place] ?? []).filter((value) => value !== null);
  if (values.length === 0) return html`<td class="number muted">-</td>`;
  const mean = SHOWN_BY_UNIT[metric.unit](values.reduce((total, value) => total + value, 0) / values.length);
  const comparison = metric.comparisons[place] ?? null;
  if (comparison === null) return html`<td class="number">${mean}</td>`;
  const interval = comparison.interval === null ? null : html`<span class="small muted">${comparison.interval}</span>`;
  return html`<td class="number">${mean}<span class="small">${toneMark(comparison.tone)} ${comparison.verdict}</span>${interval}</td>`;
}
