import type { Application } from "../../application/index.ts";
import type { Output } from "../output/output.ts";

/** What a new user is told: where everything is, and what to try first. */
export function welcomeLines(output: Output, application: Application, url: string, comparisonId?: string): string[] {
  const { database } = application;
  const row = (what: string, where: string): string => `  ${what.padEnd(10)} ${output.paint("cyan", where)}`;
  return [
    output.paint("bold", "Ballast is ready."),
    "",
    row("GraphiQL", `${url}/graphql`),
    row("psql", `psql '${database.shownConnectionString}'`),
    ...(database.isEmbedded ? [row("data", application.configuration.dataFolder)] : []),
    "",
    "Try first, in GraphiQL:",
    ...firstQuery(comparisonId).map((line) => `  ${line}`),
    "and in psql:",
    "  select name, count(*) from events where run_id = 1 group by name order by 2 desc;",
    "",
    "Ctrl-C stops the server and everything it has started.",
  ];
}

function firstQuery(comparisonId: string | undefined): string[] {
  if (comparisonId === undefined) return ["{ runs(first: 5) { nodes { id status } } }"];
  return [`{ comparison(id: "${comparisonId}") { status } }`];
}
