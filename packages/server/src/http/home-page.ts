import { createHash } from "node:crypto";
import type { Home, Latest } from "./home-description.ts";

const STYLE = `
:root { color-scheme: light dark; --ink: #1c2330; --dim: #5a6475; --ground: #fdfdfc; --line: #d9dde3; --link: #0b5cad; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e9ee; --dim: #9aa5b5; --ground: #14181f; --line: #2d3542; --link: #7db7f5; } }
body { margin: 3rem auto; max-width: 46rem; padding: 0 1.25rem; background: var(--ground); color: var(--ink);
  font: 1rem/1.55 system-ui, sans-serif; }
h1 { margin: 0; font-size: 1.9rem; } h2 { margin: 2.2rem 0 .6rem; font-size: 1.1rem; }
p.lead { margin: .2rem 0 0; color: var(--dim); }
a { color: var(--link); } code { font-family: ui-monospace, monospace; font-size: .92em; }
table { border-collapse: collapse; width: 100%; } th { text-align: left; font-weight: 600; color: var(--dim); }
th, td { padding: .35rem .8rem .35rem 0; border-bottom: 1px solid var(--line); vertical-align: top; overflow-wrap: anywhere; }
footer { margin-top: 2.5rem; color: var(--dim); font-size: .9rem; }
`;

/** Nothing but this style: no scripts, nothing from elsewhere, and in no frame. */
export const HOME_CSP = `default-src 'none'; style-src 'sha256-${createHash("sha256").update(STYLE).digest("base64")}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

export function homePage(home: Home): string {
  const { name, description, version } = home;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${name}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${name}</h1>
<p class="lead">${description}.</p>
<p>It simulates how a hypervisor gives physical memory to virtual machines, keeps every event in Postgres, and compares
reclamation policies on the same workload.</p>
<h2>Here</h2>
${table(["Address", ""], addresses(home))}
${home.latest === null ? "" : latest(home.latest)}
<h2>Documents</h2>
<p>They lie in the repository that this server was started from.</p>
${table(
  ["File", ""],
  Object.entries(home.documents).map(([file, about]) => [code(file), escape(about)]),
)}
<footer>Version ${escape(version)}</footer>
</body>
</html>
`;
}

function addresses({ links, needsToken }: Home): string[][] {
  const token = needsToken ? ", with the server's token" : "";
  const open = links.graphiql === null ? [] : [[link(links.graphiql), "GraphiQL: ask queries, and read what every type means"]];
  return [
    ...open,
    [code(`POST ${links.graphql ?? ""}`), `the GraphQL API${token}`],
    [code("GET /runs/&lt;id&gt;/events"), `a run's events as a stream${token}`],
    [link(links.health ?? ""), "whether the server can do its work"],
    [needsToken ? code(links.metrics ?? "") : link(links.metrics ?? ""), `for Prometheus${token}`],
  ];
}

function latest({ runs, comparison }: Latest): string {
  if (runs.length === 0) return "<h2>Runs</h2>\n<p>There is none yet: <code>ballast run sample --policy ballooning</code> makes one.</p>";
  const rows = runs.map(({ id, scenario, policy, status }) => [runLink(id), escape(scenario), escape(policy), escape(status)]);
  const compared =
    comparison === null
      ? ""
      : `<p>Newest comparison: ${queryLink(comparison.id, `{ comparison(id: "${comparison.id}") { scenarioName status entries { policyName metrics { simulatedNs faults } } } }`)} of scenario ${escape(comparison.scenario)}, ${escape(comparison.status)}.</p>`;
  return `<h2>Newest runs</h2>\n${table(["Run", "Scenario", "Policy", "Status"], rows)}\n${compared}`;
}

function runLink(id: string): string {
  return queryLink(
    id,
    `{ run(id: "${id}") { status headPosition at { timeNs host { framePages freePages } vms { name residentPages } } } }`,
  );
}

/** Opens GraphiQL with the query filled in: see `OPTIONS_FROM_ADDRESS`. */
function queryLink(text: string, query: string): string {
  return `<a href="/graphql#query=${encodeURIComponent(query)}">${code(escape(text))}</a>`;
}

function table(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  const heading = titles.map((title) => `<th scope="col">${title}</th>`).join("");
  const lines = rows.map((cells) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join("")}</tr>`);
  return `<table>\n<thead><tr>${heading}</tr></thead>\n<tbody>\n${lines.join("\n")}\n</tbody>\n</table>`;
}

function link(address: string): string {
  return `<a href="${address}">${code(address)}</a>`;
}

function code(html: string): string {
  return `<code>${html}</code>`;
}

/** Names are whatever somebody wrote into a scenario. */
function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
