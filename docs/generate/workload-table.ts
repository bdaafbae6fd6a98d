import { WORKLOAD_KINDS } from "../../packages/core/src/workload/index.ts";

const HEAD = "| kind | accesses |\n| --- | --- |\n";

/** The table of workload kinds in docs/scenarios.md, from the table in the sources. */
export function workloadTable(): string {
  const rows = Object.entries(WORKLOAD_KINDS).map(([name, { description }]) => `| \`${name}\` | ${description} |\n`);
  return HEAD + rows.join("");
}

/** The page with that table in place of the one it has. @throws Error if it has none. */
export function withWorkloadTable(page: string): string {
  const start = page.indexOf(HEAD);
  if (start < 0) throw new Error(`docs/scenarios.md has no table that begins with ${HEAD}`);
  const length = /^(?:\|.*\n)+/.exec(page.slice(start))?.[0].length ?? 0;
  return page.slice(0, start) + workloadTable() + page.slice(start + length);
}
