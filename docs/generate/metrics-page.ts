import { FIELD_COLUMNS } from "../../packages/core/src/events/index.ts";
import {
  type Effect,
  Input,
  type Metric,
  METRIC_FAMILIES,
  RELATIVE_RESULTS,
  type ResultDescription,
  RUN_ONLY_RESULTS,
  type Test,
  UNITS,
  VM_RESULTS,
} from "../../packages/core/src/metrics/index.ts";

/** docs/metrics.md, made from the declarations of all metrics. */
export function metricsPage(): string {
  const families = Object.entries<Readonly<Record<string, Metric>>>(METRIC_FAMILIES);
  const results = [...VM_RESULTS, ...RUN_ONLY_RESULTS].map(resultRow);
  const units = Object.entries(UNITS).map(([unit, meaning]) => `| ${unit} | ${meaning} |`);
  const sections = families.map(([title, family]) => familySection(title, family));
  return `${INTRODUCTION}\n\n${sections.join("\n\n")}\n\n${RESULTS_HEADING}\n${results.join("\n")}\n\n${RELATIVE_HEADING}\n${relativeRows().join("\n")}\n\n${UNITS_HEADING}\n${units.join("\n")}\n`;
}

function familySection(title: string, family: Readonly<Record<string, Metric>>): string {
  const rows = Object.entries(family).map(([name, { scope, kind, unit, better = "", description, notRecorded, effects }]) => {
    const meaning = notRecorded === undefined ? description : `${description} Null: ${notRecorded}.`;
    return `| \`${name}\` | ${scope === "vm" ? "VM" : "host"} ${kind} | ${unit} | ${better} | ${meaning} | ${effects.map(effectText).join("; ")} |`;
  });
  return `## ${title.charAt(0).toUpperCase()}${title.slice(1)}\n\n${METRICS_HEADING}\n${rows.join("\n")}`;
}

function resultRow({ name, unit, better, column, overVms, description }: ResultDescription): string {
  return `| \`${name}\` | ${unit} | ${better ?? ""} | ${overVms ?? "of the run alone"} | ${column?.title ?? ""} | ${description} |`;
}

function relativeRows(): string[] {
  return Object.entries(RELATIVE_RESULTS).map(([name, result]) => {
    const title = "column" in result ? result.column.title : "";
    return `| \`${name}\` | ${result.unit} | ${result.better} | ${title} | ${result.description} |`;
  });
}

/** `+1 at PageStolen`, `= value at Sampled where metric is Accesses`. */
function effectText({ event, sets, input, factor, tests }: Effect): string {
  const amount = input === Input.one ? amountText(factor) : ` \`${fieldName(event, input)}\``;
  const sign = sets ? "=" : factor < 0 ? "-" : "+";
  const conditions = tests.map((each) => conditionText(event, each));
  return `${sign}${amount} at \`${event.name}\`${conditions.length === 0 ? "" : ` where ${conditions.join(" and ")}`}`;
}

function amountText(factor: number): string {
  return Number.isNaN(factor) ? " not recorded" : ` ${Math.abs(factor)}`;
}

function conditionText(event: Effect["event"], { input, value, isEqual, set }: Test): string {
  if (input === Input.isFileBacked) return "the process has pages of a file";
  if (input === Input.isOneLevel) return "the host maps on one level";
  if (input === Input.sinceStartNs) return "the VM was switched on at that time";
  const choice = Object.entries(set ?? {}).find(([, number]) => number === value)?.[0] ?? String(value);
  return `\`${fieldName(event, input)}\` is ${isEqual ? "" : "not "}${choice}`;
}

function fieldName({ fields }: Effect["event"], input: number): string {
  const column = FIELD_COLUMNS[input];
  return (column === undefined ? undefined : fields[column]?.name) ?? "";
}

const INTRODUCTION = `# Metrics

Made from \`packages/core/src/metrics\` by \`node docs/generate/main.ts\`; a test holds the two together.

A metric is a number about a VM, the host or a run. A counter says what happened since the run began, a gauge how it is now; a result
belongs to a run that has ended. Events alone change counters and gauges, and the last column says which and by how much: what has
no event stays as it is. Over VMs, counters and gauges add up. Results that take remembering more than the last value (waits of an access,
pages that came back, times to a target, sums over time) come from a fold over the events in \`core/projections/observation\`, which
checkpoints save.

- GraphQL: \`Vm.counters\`, \`Run.series(metric:)\`, \`Run.summary\`, \`Run.metrics\`, \`ComparisonEntry.metrics\`.
- SQL: the view \`series\`, in which \`metric\` is the name; its \`value\` is null where the history does not tell it.
- Command line: \`ballast show\`, \`ballast compare\`.

Values are stored with the names of their metrics, or with a hash of all declarations. After a metric was added, removed or changed, series,
summaries and keyframes are made again from the events; results that were stored without a metric have null for it until
\`ballast rebuild\` makes them again from the events too.`;

const METRICS_HEADING = "| Metric | Of | Unit | Better | Meaning | Changed by |\n| --- | --- | --- | --- | --- | --- |";

const RESULTS_HEADING = `## Results of a run

Stored at the end of a run, for it and for each of its VMs, and compared between policies.

| Result | Unit | Better | Of a run, over its VMs | Column of a comparison | Meaning |
| --- | --- | --- | --- | --- | --- |`;

const RELATIVE_HEADING = `## Results beside the same VMs without overcommitment

Of two runs of one scenario and seed (\`relativeResults\` of \`@ballast/core/metrics\`), computed when they are asked for: the run, and that of the same VMs on a host with
memory for all of them, under a policy that reclaims nothing. Experiments make the second one by themselves. A VM has no slowdown if it was killed, if it did not start, if it
made no access in its time, or if the other run does not have it; then the run has none either. One that makes no accesses and has no end is left out.

| Result | Unit | Better | Column of a comparison | Meaning |
| --- | --- | --- | --- | --- |`;

const UNITS_HEADING = "## Units\n\n| Unit | Meaning |\n| --- | --- |";
