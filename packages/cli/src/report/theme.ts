import { PALETTES } from "@ballast/fidelity/chart";

type Palette = (typeof PALETTES)["light"];

function variables({ paper, ink, muted, grid, axis, series }: Palette, card: string): string {
  const drawn = series.map((colour, index) => `--s${index}:${colour}`);
  const named = [`--page:${card}`, `--paper:${paper}`, `--ink:${ink}`, `--muted:${muted}`, `--grid:${grid}`, `--axis:${axis}`];
  return [...named, ...drawn, "--better:var(--s0)", "--worse:var(--s1)", "--other:var(--s3)", "--undecided:var(--muted)"].join(";");
}

/** Of the page around the papers. */
const PAGE = { light: "#f5f6f8", dark: "#0b0e12" };

/** The style of a report: light or dark as the reader's system; on paper always light, without what only a screen needs. */
export const STYLE_SHEET = `
:root{color-scheme:light dark;${variables(PALETTES.light, PAGE.light)}}
@media screen and (prefers-color-scheme:dark){:root{${variables(PALETTES.dark, PAGE.dark)}}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,Helvetica,Arial,sans-serif;font-variant-numeric:tabular-nums}
main{max-width:1180px;margin:0 auto;padding:2.5rem 1.25rem 4rem}
h1{font-size:1.9rem;line-height:1.2;margin:0 0 .4rem;letter-spacing:-.01em;overflow-wrap:anywhere}
h2{font-size:1.15rem;margin:0 0 .25rem}
h3{font-size:.95rem;margin:0 0 .15rem;overflow-wrap:anywhere}
p{margin:.25rem 0;max-width:75ch}
a{color:var(--s0)}
.facts{color:var(--muted);display:flex;flex-wrap:wrap;gap:.1rem 1.1rem;padding:0;margin:0;list-style:none}
.muted{color:var(--muted)}.small{font-size:.85rem}
section{background:var(--paper);border:1px solid var(--grid);border-radius:12px;padding:1.25rem 1.4rem;margin-top:1.25rem}
.verdict{list-style:none;margin:0;padding:0}
.verdict li{display:grid;grid-template-columns:1.6rem 1fr;align-items:baseline;padding:.3rem 0;max-width:80ch}
.verdict li:first-child{font-size:1.2rem;line-height:1.4;font-weight:600}
.tone{font-weight:700}.tone-better{color:var(--better)}.tone-worse{color:var(--worse)}.tone-other{color:var(--other)}.tone-undecided{color:var(--undecided)}
.verdict li>span:only-child{grid-column:1/-1}
.notes{margin:.8rem 0 0;padding:0 0 0 1.1rem;color:var(--muted);font-size:.85rem}.notes li{max-width:95ch;margin:.15rem 0}
.cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(344px,100%),1fr));gap:1.4rem 1.6rem;margin-top:1rem}
figure{margin:0;min-width:0}figure svg{display:block}figcaption{margin-bottom:.2rem}
.legend{display:flex;flex-wrap:wrap;gap:.2rem 1.2rem;margin:.6rem 0 0;padding:0;list-style:none;font-size:.85rem}
.legend i{display:inline-block;width:.8rem;height:.8rem;border-radius:3px;margin-right:.4rem;vertical-align:-.08rem}
.scroll{overflow-x:auto;margin:.75rem -1.4rem 0;padding:0 1.4rem}
table{border-collapse:collapse;width:100%;font-size:.9rem}
th,td{text-align:left;padding:.45rem .75rem .45rem 0;vertical-align:top;border-bottom:1px solid var(--grid)}
tbody tr:last-child>*{border-bottom:0}
thead th{color:var(--muted);font-weight:500;vertical-align:bottom;overflow-wrap:anywhere;min-width:6.8rem}
td.number,th.number{text-align:right}
tbody th{font-weight:600;min-width:8rem}tbody th code{white-space:nowrap}table.slim{max-width:28rem}
tr.aside>*{color:var(--muted)}
td .small{display:block}
.tag{display:inline-block;border:1px solid var(--grid);border-radius:99px;padding:0 .5rem;font-size:.75rem;font-weight:500;color:var(--muted);white-space:nowrap}
code,pre{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:.85em}
pre{background:var(--page);border-radius:8px;padding:.8rem 1rem;overflow-x:auto;margin:.5rem 0;white-space:pre-wrap;overflow-wrap:anywhere}
code{overflow-wrap:anywhere}
details{margin-top:.75rem}summary{cursor:pointer;color:var(--muted)}
.changed{font-weight:700}
footer{color:var(--muted);font-size:.85rem;margin-top:1.5rem}
@media (max-width:640px){main{padding:1.25rem .75rem 2rem}section{padding:1rem;border-radius:10px}.scroll{margin:.75rem -1rem 0;padding:0 1rem}h1{font-size:1.5rem}.verdict li:first-child{font-size:1.05rem}}
@media print{@page{margin:12mm}body{background:none;font-size:10pt}table{font-size:8.5pt}.cards{grid-template-columns:1fr 1fr}main{max-width:none;padding:0}section{border:0;padding:.6rem 0;margin-top:.8rem;border-top:1px solid var(--grid);border-radius:0}figure,tr,li{break-inside:avoid}h2,h3{break-after:avoid}.scroll{overflow:visible;margin:.5rem 0 0;padding:0}pre{white-space:pre-wrap}*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
`;
