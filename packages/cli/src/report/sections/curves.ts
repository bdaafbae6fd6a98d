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
    <div class="cards">${curvesCards(curves, endNs)}</div>
  </section>`;
}

/** Of one run alone, memory and faults stand beside each other. */
function curvesCards(all: readonly VariantCurves[], endNs: number): Html[] {
  return all.map((curves) => {
    const [memory, faults] = [html`${captionOf(curves)}${memoryChart(curves, endNs)}`, faultsChart(curves, endNs)];
    if (all.length === 1)
      return html`<figure>${memory}</figure>
        <figure>
          <figcaption><h3>faults per ms</h3></figcaption>
          ${faults}
        </figure>`;
    return html`<figure>
      ${memory}
      <p class="muted small">faults per ms</p>
      ${faults}
    </figure>`;
  });
}

function captionOf({ label, decisions }: VariantCurves): Html {
  const kinds = Object.entries(Object.groupBy(decisions, ({ kind }) => kind)).map(([kind, all]) => `${all?.length ?? 0} x ${kind}`);
  const text = kinds.length === 0 ? "no decisions" : `decisions: ${kinds.join(", ")}`;
  return html`<figcaption>
    <h3>${label}</h3>
    <p class="muted small">pages; ${text}</p>
  </figcaption>`;
}
