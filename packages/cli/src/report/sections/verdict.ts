import { html, type Html } from "../html.ts";
import type { Tone } from "@ballast/statistics/words";
import type { Report } from "../report.ts";

/** Colours alone tell nothing to those who do not see them. */
export const SIGNS: Readonly<Record<Tone, string>> = { better: "\u25b2", worse: "\u25bc", other: "\u25c6", undecided: "\u25cb" };
const NAMES: Readonly<Record<Tone, string>> = { better: "better", worse: "worse", other: "different", undecided: "not told apart" };

export function toneMark(tone: Tone): Html {
  return html`<span class="tone tone-${tone}" role="img" aria-label="${NAMES[tone]}">${SIGNS[tone]}</span>`;
}

/** What came out, in sentences, and what a reader has to know of it. */
export function verdictSection({ headline, notes }: Report): Html {
  const items = headline.map(({ tone, text }) => html`<li>${tone === null ? null : toneMark(tone)}<span>${text}</span></li>`);
  const list =
    notes.length === 0
      ? null
      : html`<ul class="notes">
          ${notes.map((note) => html`<li>${note}</li>`)}
        </ul>`;
  return html`<section aria-label="Verdict">
    <ul class="verdict">
      ${items}
    </ul>
    ${list}
  </section>`;
}
