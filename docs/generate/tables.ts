import { CACHE_ALGORITHMS, type ReplacementAlgorithm } from "../../packages/core/src/replacement/index.ts";
import { REPLACEMENT_ALGORITHMS } from "../../packages/core/src/scenario/index.ts";
import { WORKLOAD_KINDS } from "../../packages/core/src/workload/index.ts";

/** A table of a document that the sources have; `head` is how the document's own begins. */
type Table = { readonly page: string; readonly head: string; readonly rows: readonly string[] };

export const TABLES: readonly Table[] = [
  {
    page: "docs/scenarios.md",
    head: "| kind | accesses |\n| --- | --- |\n",
    rows: Object.entries(WORKLOAD_KINDS).map(([name, { description }]) => `| \`${name}\` | ${description} |\n`),
  },
  {
    page: "docs/machine/replacement.md",
    head: "| name | victim | a hit | a load |\n| --- | --- | --- | --- |\n",
    rows: Object.entries(REPLACEMENT_ALGORITHMS).map(([name, { victim, hit, load }]) => `| ${name} | ${victim} | ${hit} | ${load} |\n`),
  },
  {
    page: "docs/mrc.md",
    head: "| name | victim | a hit | a load | source |\n| --- | --- | --- | --- | --- |\n",
    rows: Object.entries(CACHE_ALGORITHMS).map(
      ([name, { victim, hit, load, source }]) => `| \`${name}\` | ${victim} | ${hit} | ${load} | ${source} |\n`,
    ),
  },
  {
    page: "docs/mrc.md",
    head: "| parameter | values, the default first | is |\n| --- | --- | --- |\n",
    rows: Object.entries<ReplacementAlgorithm>(CACHE_ALGORITHMS).flatMap(([name, { parameters }]) =>
      Object.entries(parameters).map(
        ([key, { words, description }]) => `| \`${name}:${key}\` | ${words.map((word) => `\`${word}\``).join(", ")} | ${description} |\n`,
      ),
    ),
  },
];

/** The page with the table instead of the one it has. @throws Error if it has none. */
export function withTable(page: string, { page: name, head, rows }: Table): string {
  const start = page.indexOf(head);
  if (start < 0) throw new Error(`${name} has no table that begins with ${head}`);
  const length = /^(?:\|.*\n)+/.exec(page.slice(start))?.[0].length ?? 0;
  return page.slice(0, start) + head + rows.join("") + page.slice(start + length);
}
