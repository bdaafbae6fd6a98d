import { faultsChart, LEGEND, memoryChart } from "../charts/curve-charts.ts";
import { html, type Html } from "../html.ts";
import type { Report, VariantCurves } from "../report.ts";

/** Memory, faults and decisions over time, one card for each variant on the same axis. */
export function curvesSection({ curves, curvesNote }: Report): Html | null {
  if (curves.length === 0)
    return curvesNote === ""
      ? null
      : html`<section>
          <h2>Over time</h2>
          <p class="muted small">${curvesNote}</p>
        </section>`;
  const endNs = Math.max(...curves.map((each) => each.endNs));
  const keys = LEGEND.map(({ name, colour }) => html`<li><i style="background:${colour}"></i>${name}</li>`);
  return html`<section>
    <h2>Over time</h2>
    <p class="muted small">${curvesNote}</p>
    <ul class="legend">
      ${keys}
      <li><i style="background:var(--ink);width:2px"></i>decision of the policy</li>
      <li><i style="height:0;border-top:2px dashed var(--axis);vertical-align:.25rem"></i>configured</li>
      <li><i style="background:var(--s2)"></i>faults per ms</li>
    </ul>
    <div class="cards">${curves.map((each) => curvesCard(each, endNs))}</div>
  </section>`;
}

function curvesCard(curves: VariantCurves, endNs: number): Html {
  const kinds = Object.entries(Object.groupBy(curves.decisions, ({ kind }) => kind)).map(([kind, all]) => `${all?.length ?? 0} x ${kind}`);
  const decisions = kinds.length === 0 ? "no decisions" : `decisions: ${kinds.join(", ")}`;
  return html`<figure>
    <figcaption>
      <h3>${curves.label}</h3>
      <p class="muted small">pages; ${decisions}</p>
    </figcaption>
    ${memoryChart(curves, endNs)}
    <p class="muted small">faults per ms</p>
    ${faultsChart(curves, endNs)}
  </figure>`;
}
