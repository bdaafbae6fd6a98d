import { BallastError } from "@ballast/core/errors";
import { type Command, Option } from "commander";
import type { RunFilter, RunReader } from "@ballast/server/runs";
import { type Run, RUN_STATUSES, type RunStatus } from "@ballast/server/run";
import { listedRuns, MAX_COUNTED_RUNS, RUN_SORT_KEYS, type RunOrder, type RunSortKey } from "@ballast/server/run-list";
import { parseDate, parsePositive, parseWholeNumber } from "../arguments.ts";
import type { Cli } from "../cli.ts";
import { addExamples, jsonOption } from "../command-description.ts";
import { addExportOptions, type ExportOptions, exportTargets } from "../exports/export-options.ts";
import { showCount } from "@ballast/core/quantities";
import { runTable } from "../presentation/run-lines.ts";
import { runShape } from "../presentation/run-shape.ts";
import { withStoredRuns } from "../with-application.ts";

type Filter = Pick<RunFilter, "scenario" | "policy" | "seed" | "createdFrom" | "createdBefore" | "search"> & {
  readonly status?: RunStatus;
};
type ListOptions = Filter & { readonly limit?: number; readonly sort: RunSortKey; readonly ascending?: true; readonly json?: true };
type Options = ListOptions & ExportOptions & { readonly vms?: true };

/** Runs that are listed unless another number is asked for. */
const RUNS_LISTED = 50;

const SORT_KEYS = Object.keys(RUN_SORT_KEYS) as RunSortKey[];

export function addRunsCommand(program: Command, cli: Cli): void {
  const command = program
    .command("runs")
    .description("list the runs that are kept, newest first unless told otherwise")
    .option("--limit <n>", `maximum number; ${RUNS_LISTED} if not given, and all of them with --csv or --parquet`, parsePositive)
    .addOption(new Option("--status <status>", "only runs with it").choices(RUN_STATUSES))
    .option("--scenario <name>", "only runs of that scenario")
    .option("--policy <name>", "only runs under that policy")
    .option("--seed <seed>", "only runs with that seed", parseWholeNumber)
    .option("--created-from <time>", "only runs that were asked for then or later: a day in UTC, or a time with its zone", parseDate)
    .option("--created-before <time>", "only runs that were asked for before then", parseDate)
    .option("--search <text>", "only runs with it in their id or in the name of their scenario or policy")
    .addOption(
      new Option("--sort <by>", "what to sort by, the largest first; runs without it come last").choices(SORT_KEYS).default("created"),
    )
    .option("--ascending", "the smallest (or oldest) first")
    .addOption(jsonOption("one JSON object per line and run"));
  addExportOptions(command, "a row for each run, a column for each of its metrics,")
    .option("--vms", "with --csv and --parquet: a row for each VM of the runs instead")
    .action((options: Options) => runsAction(cli, options));
  addExamples(command, [
    "runs",
    "runs --status failed",
    "runs --scenario sample --json",
    "runs --policy esx --sort faults --limit 5",
    "runs --created-from 2026-11-23 --search storm",
    "runs --csv runs.csv",
    "runs --vms --parquet vms.parquet",
  ]);
}

async function runsAction(cli: Cli, { csv, parquet, vms, ...options }: Options): Promise<void> {
  const targets = exportTargets({ csv, parquet });
  if (targets.length > 0 && options.json === true)
    throw refused("--json is another form of the same list: leave it, or --csv and --parquet, out");
  if (targets.length === 0 && vms === true) throw refused("--vms is of the rows that --csv and --parquet write: give one of them");
  await withStoredRuns(cli, async ({ runs }) => {
    if (targets.length === 0) return await listRuns(cli, runs, options);
    const { exportRuns } = await import("../exports/export-runs.ts");
    const { json: _, limit = Infinity, ...query } = options;
    await exportRuns(cli, runs, {
      targets,
      vms: vms === true,
      read: () => listedRuns(runs, { ...filterOf(query), order: orderOf(query), limit }),
    });
  });
}

function refused(problem: string): BallastError {
  return new BallastError("INPUT_INVALID", `${problem}.`);
}

function orderOf({ sort: by, ascending }: ListOptions): RunOrder {
  return { by, direction: ascending === true ? "ascending" : "descending" };
}

function filterOf({ json: _json, limit: _limit, sort: _sort, ascending: _ascending, ...filter }: ListOptions): Filter {
  return filter;
}

async function listRuns({ output }: Cli, runs: RunReader, options: ListOptions): Promise<void> {
  const { json, limit = RUNS_LISTED, sort: by } = options;
  const [order, filter] = [orderOf(options), filterOf(options)];
  const found: Run[] = [];
  for await (const run of listedRuns(runs, { ...filter, order, limit })) {
    if (json === true) await output.json(runShape(run));
    else found.push(run);
  }
  if (json === true) return;
  if (found.length === 0) return await output.line(noRun(filter));
  for (const line of runTable(found, by, output.width)) await output.line(line);
  if (found.length === limit) for (const line of restLines(limit, await runs.countRuns(filter))) await output.line(line);
}

function restLines(shown: number, count: number): string[] {
  if (count <= shown) return [];
  const all = count > MAX_COUNTED_RUNS ? `more than ${showCount(MAX_COUNTED_RUNS)}` : showCount(count);
  return ["", `${showCount(shown)} of ${all} runs; --limit shows more`];
}

/** How each filter is put into words. */
const WORDS: { readonly [Part in keyof Required<Filter>]: (wanted: NonNullable<Filter[Part]>) => string } = {
  status: (status) => status,
  scenario: (name) => `of scenario ${name}`,
  policy: (name) => `under ${name}`,
  seed: (seed) => `with seed ${seed}`,
  createdFrom: (date) => `from ${date.toISOString()} on`,
  createdBefore: (date) => `before ${date.toISOString()}`,
  search: (text) => `with "${text}"`,
};

function noRun(filter: Filter): string {
  const asked = (Object.keys(WORDS) as (keyof Filter)[]).flatMap((part) => {
    const wanted = filter[part];
    return wanted === undefined ? [] : [(WORDS[part] as (wanted: unknown) => string)(wanted)];
  });
  if (asked.length === 0) return "No run yet. Make one: ballast run sample --policy ballooning";
  return `No run is kept that is asked for (${asked.join(", ")}). All that are kept: ballast runs`;
}
