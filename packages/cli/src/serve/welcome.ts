import type { Application } from "@ballast/server/application";
import type { Run } from "@ballast/server/runs";
import type { Output } from "../output/output.ts";

/** What a new user is told: where everything is, and what to try first, by the example of a run if there is one. */
export function welcomeLines(output: Output, application: Application, url: string, example: Run | undefined): string[] {
  const { database, configuration } = application;
  const row = (what: string, where: string): string => `  ${what.padEnd(9)} ${output.paint("cyan", where)}`;
  return [
    output.paint("bold", "Ballast is ready."),
    "",
    row("page", `${url}/`),
    row("GraphiQL", `${url}/graphql`),
    row("psql", "npx ballast psql"),
    ...(database.isEmbedded ? [row("data", configuration.dataFolder)] : []),
    "",
    "Try first, in GraphiQL:",
    ...firstQuery(example).map((line) => `  ${line}`),
    "and in psql:",
    `  ${firstStatement(example)}`,
    "",
    "Ctrl-C stops the server and everything it has started.",
  ];
}

function firstStatement(example: Run | undefined): string {
  if (example === undefined) return "select run_id, name, count(*) from events group by run_id, name order by run_id, name;";
  return `select name, count(*) from events where run_id = ${example.logId} group by name order by 2 desc;`;
}

/** The host and its VMs half-way through the example. */
function firstQuery(example: Run | undefined): string[] {
  if (example === undefined) return ["{ scenarios { name description } policies { name description } }"];
  return [
    `{ run(id: "${example.id}") {`,
    `    policyName at(at: { timeNs: "${Math.round(example.headTimeNs / 2)}" }) {`,
    "      position host { freePages memoryState }",
    "      vms { name residentPages balloonSizePages swappedPages } } } }",
  ];
}
