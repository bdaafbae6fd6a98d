import { FAULT_COUNTERS, type RunFigures } from "@ballast/server/runs";
import { showCount, showDuration, showRate } from "../output/quantities.ts";
import { type Column, formatTable } from "../output/table.ts";

type Shown = Readonly<Record<string, unknown>>;

/** VMs that stand beside each other; more follow in a table below. */
const VMS_BESIDE = 6;
/** What is shown elsewhere, or as a heading. */
const NO_FIGURE: ReadonlySet<string> = new Set(["vm", "name", "vms", "faultBound"]);
/** The others follow by name. */
const FIRST: readonly string[] = ["workNs", "slowestWorkNs", "simulatedNs", "accesses", "accessesPerSecond", "faults", ...Object.values(FAULT_COUNTERS)];

/** Every figure of a run and of its VMs: a line each, a column for each VM. */
export function figureLines(figures: RunFigures): string[] {
  const run: Shown = figures;
  const names = namesOf([run, ...figures.vms]);
  const [first = [], ...others] = chunks(figures.vms, VMS_BESIDE);
  const lines = formatTable(columnsOf(run, first), names);
  for (const vms of others) lines.push("", ...formatTable(columnsOf(run, vms), names));
  return lines;
}

/** Whatever figures there are: stored ones have the order of no program. */
function namesOf(all: readonly Shown[]): string[] {
  const found = new Set(all.flatMap((shown) => Object.keys(shown)));
  const first = FIRST.filter((name) => found.has(name));
  const others = [...found].filter((name) => !FIRST.includes(name) && !NO_FIGURE.has(name));
  return [...first, ...others.sort()];
}

function columnsOf(run: Shown, vms: RunFigures["vms"]): Column<string>[] {
  return [
    { title: "figure", cell: inWords },
    { title: "run", align: "right", cell: (name) => showFigure(name, run[name]) },
    ...vms.map((vm): Column<string> => {
      const shown: Shown = vm;
      return { title: vm.name, align: "right", cell: (name) => showFigure(name, shown[name]) };
    }),
  ];
}

/** `guestMajorFaults` as `guest major faults`; the unit of a time stands beside its value. */
function inWords(name: string): string {
  return name.replace(/Ns$/, "Time").replaceAll(/[A-Z]+/g, (letters) => ` ${letters.toLowerCase()}`).replace(/^vms/, "VMs");
}

function showFigure(name: string, value: unknown): string {
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "string") return inWords(value).trim();
  if (value === null) return "-";
  if (typeof value !== "number") return "";
  if (name.endsWith("Ns")) return showDuration(value);
  return name.endsWith("PerSecond") ? showRate(value) : showCount(value);
}

function chunks<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, at) => items.slice(at * size, (at + 1) * size));
}
