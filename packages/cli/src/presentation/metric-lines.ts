import { RUN_ONLY_RESULTS, type Unit, VM_RESULTS } from "@ballast/core/metrics";
import { FAULT_COUNTERS, type RunMetrics } from "@ballast/server/runs";
import { type Column, formatTable } from "../output/table.ts";
import { SHOWN_BY_UNIT } from "@ballast/core/quantities";

const UNITS: ReadonlyMap<string, Unit> = new Map([...VM_RESULTS, ...RUN_ONLY_RESULTS].map(({ name, unit }) => [name, unit]));

type Shown = Readonly<Record<string, unknown>>;

/** VMs that stand beside each other; more follow in a table below. */
const VMS_BESIDE = 6;
/** What is shown elsewhere, or as a heading. */
const NO_FIGURE: ReadonlySet<string> = new Set(["vm", "name", "vms", "faultBound"]);
/** The others follow by name. */
const FIRST: readonly string[] = [
  "workNs",
  "slowestWorkNs",
  "simulatedNs",
  "accesses",
  "accessesPerSecond",
  "faults",
  ...Object.values(FAULT_COUNTERS),
];

/** Every metric of a run and of its VMs: a line each, a column for each VM. */
export function metricLines(metrics: RunMetrics): string[] {
  const run: Shown = metrics;
  const names = namesOf([run, ...metrics.vms]);
  const [first = [], ...others] = chunks(metrics.vms, VMS_BESIDE);
  const lines = formatTable(columnsOf(run, first), names);
  for (const vms of others) lines.push("", ...formatTable(columnsOf(run, vms), names));
  return lines;
}

/** Whatever metrics there are: stored ones have the order of no program. */
function namesOf(all: readonly Shown[]): string[] {
  const found = new Set(all.flatMap((shown) => Object.keys(shown)));
  const first = FIRST.filter((name) => found.has(name));
  const others = [...found].filter((name) => !FIRST.includes(name) && !NO_FIGURE.has(name));
  return [...first, ...others.sort()];
}

function columnsOf(run: Shown, vms: RunMetrics["vms"]): Column<string>[] {
  return [
    { title: "metric", cell: inWords },
    { title: "run", align: "right", cell: (name) => showMetric(name, run[name]) },
    ...vms.map((vm): Column<string> => {
      const shown: Shown = vm;
      return { title: vm.name, align: "right", cell: (name) => showMetric(name, shown[name]) };
    }),
  ];
}

/** `guestMajorFaults` as `guest major faults`; the unit of a time stands beside its value. */
function inWords(name: string): string {
  return name
    .replace(/Ns$/, "Time")
    .replaceAll(/[A-Z]+/g, (letters) => ` ${letters.toLowerCase()}`)
    .replace(/^vms/, "VMs");
}

function showMetric(name: string, value: unknown): string {
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "string") return inWords(value).trim();
  if (value === null) return "-";
  if (typeof value !== "number") return "";
  const unit = UNITS.get(name);
  return unit === undefined ? String(value) : SHOWN_BY_UNIT[unit](value);
}

function chunks<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, at) => items.slice(at * size, (at + 1) * size));
}
