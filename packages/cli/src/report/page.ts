import { html, Html } from "./html.ts";
import type { Report } from "./report.ts";
import { curvesSection } from "./sections/curves.ts";
import { originSection, parametersSection } from "./sections/inputs.ts";
import { metricsSection } from "./sections/metrics.ts";
import { resultsSection } from "./sections/results.ts";
import { verdictSection } from "./sections/verdict.ts";
import { STYLE_SHEET } from "./theme.ts";

/** Forbids a page everything but its own styles: it needs nothing, and a text that became markup could do nothing. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'";

/** A report as one HTML page that needs nothing besides itself. */
export function reportPage(report: Report): string {
  const { title, facts } = report;
  return `<!doctype html>\n${
    html`<html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${POLICY}" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <title>${title}</title>
        <style>
          ${new Html(STYLE_SHEET)}
        </style>
      </head>
      <body>
        <main>
          <h1>${title}</h1>
          <ul class="facts">
            ${facts.map((fact) => html`<li>${fact}</li>`)}
          </ul>
          ${verdictSection(report)} ${resultsSection(report)} ${metricsSection(report)} ${curvesSection(report)}
          ${parametersSection(report)} ${originSection(report)}
        </main>
      </body>
    </html>`.text
  }\n`;
}
