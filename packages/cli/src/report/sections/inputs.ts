import { html, type Html } from "../html.ts";
import type { Report, ReportParameter, ReportPolicy, ReportRun, ReportVariant } from "../report.ts";

const DIGEST_LETTERS = 12;

/** The policies with all their parameters, and where each value's default comes from. */
export function parametersSection({ policies }: Report): Html {
  return html`<section>
    <h2>Policies and parameters</h2>
    ${policies.map(policyTable)}
  </section>`;
}

function policyTable({ name, version, description, parameters }: ReportPolicy): Html {
  const rows = parameters.map(parameterRow);
  const table = html`<div class="scroll" tabindex="0" role="region" aria-label="Parameters of ${name}">
    <table>
      <thead>
        <tr>
          <th scope="col">parameter</th>
          <th scope="col">value</th>
          <th scope="col">default</th>
          <th scope="col">meaning</th>
          <th scope="col">source of the default</th>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
  return html`<h3>${name} <span class="tag">${version}</span></h3>
    <p class="muted small">${description}</p>
    ${parameters.length === 0 ? html`<p class="small">It has no parameters.</p>` : table}`;
}

function parameterRow({ name, values, isChanged, default: byDefault, description, source }: ReportParameter): Html {
  const value = html`<code class="${isChanged ? "changed" : ""}">${values.join(", ")}</code>`;
  return html`<tr>
    <th scope="row"><code>${name}</code></th>
    <td>${value}</td>
    <td><code>${byDefault}</code></td>
    <td class="small">${description}</td>
    <td class="small muted">${source}</td>
  </tr>`;
}

/** What the runs were made of, and how to make them again. */
export function originSection(report: Report): Html {
  const { scenario, command, variants, version, createdAt } = report;
  return html`<section>
    <h2>Scenario ${scenario.name}</h2>
    <p>${scenario.description}</p>
    <p class="small muted">The same again:</p>
    <pre>${command}</pre>
    <details>
      <summary>The scenario as JSON</summary>
      <pre>${scenario.json}</pre>
    </details>
    <details>
      <summary>Runs and their digests</summary>
      <div class="scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">variant</th>
              <th class="number" scope="col">seed</th>
              <th scope="col">run</th>
              <th scope="col">status</th>
              <th class="number" scope="col">events</th>
              <th scope="col">digest</th>
            </tr>
          </thead>
          <tbody>
            ${variants.map(runRows)}
          </tbody>
        </table>
      </div>
    </details>
    <footer>Ballast ${version}, ${createdAt}. A run's digest is over all its events: equal digests are equal histories.</footer>
  </section>`;
}

function runRows({ label, runs }: ReportVariant): Html[] {
  return runs.map(
    (run) =>
      html`<tr>
        <th scope="row">${label}</th>
        <td class="number">${run.seed}</td>
        ${runCells(run)}
      </tr>`,
  );
}

function runCells({ id, status, events, digest }: ReportRun): Html {
  if (id === null) return html`<td colspan="4" class="muted">deleted</td>`;
  return html`<td><code>${id}</code></td>
    <td>${status}</td>
    <td class="number">${events.toLocaleString("en-US")}</td>
    <td><code title="${digest}">${digest.slice(0, DIGEST_LETTERS)}</code></td>`;
}
