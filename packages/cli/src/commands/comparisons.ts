import type { Command } from "commander";
import type { Comparison, RunReader } from "@ballast/server/runs";
import { parsePositive } from "../arguments.ts";
import type { Cli } from "../cli.ts";
import { addExamples, jsonOption } from "../command-description.ts";
import { comparisonList } from "../presentation/comparison-list.ts";
import { comparisonShape } from "../presentation/comparison-shape.ts";
import { withStoredRuns } from "../with-application.ts";

/** How many comparisons one question to the database asks for. */
const PAGE_COMPARISONS = 100;

type Options = { readonly limit: number; readonly json?: true };

export function addComparisonsCommand(program: Command, cli: Cli): void {
  const command = program
    .command("comparisons")
    .description("list the comparisons that are kept, newest first")
    .option("--limit <n>", "maximum number", parsePositive, 50)
    .addOption(jsonOption("one JSON object per line and comparison"))
    .action((options: Options) => withStoredRuns(cli, ({ runs }) => list(cli, runs, options)));
  addExamples(command, ["comparisons", "comparisons --limit 5 --json"]);
}

async function list({ output }: Cli, runs: RunReader, { limit, json }: Options): Promise<void> {
  const found: Comparison[] = [];
  for await (const comparison of newest(runs, limit)) {
    if (json === true) await output.json(comparisonShape(comparison));
    else found.push(comparison);
  }
  if (json === true) return;
  if (found.length === 0) await output.line("No comparison yet. Make one: ballast compare sample --policies ballooning,no-reclaim");
  else for (const line of comparisonList(found, output.width)) await output.line(line);
}

async function* newest(runs: RunReader, limit: number): AsyncGenerator<Comparison> {
  let left = limit;
  let after: string | undefined;
  while (left > 0) {
    const first = Math.min(left, PAGE_COMPARISONS);
    const page = await runs.listComparisons({ first, ...(after === undefined ? {} : { after }) });
    yield* page.items;
    left -= page.items.length;
    if (!page.hasMore || page.endCursor === null) return;
    after = page.endCursor;
  }
}
