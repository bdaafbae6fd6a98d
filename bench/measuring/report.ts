import { cpus, loadavg, platform, release, totalmem } from "node:os";
import { parseArgs } from "node:util";

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: "boolean", default: false }, json: { type: "boolean", default: false } },
});

/** Whether the benchmark is only to show that it runs: `npm run bench -- --quick`. */
export const isQuick = flags.quick;

/** What stands on the command line besides options. */
export const givenArguments: readonly string[] = positionals;

/** What was measured of one thing, by label: `{ rate: [2.1, "M events/s"] }`. */
export type Quantities = Readonly<Record<string, readonly [value: number, unit: string]>>;

type Row = { readonly section: string; readonly name: string; readonly quantities: Quantities; readonly note: string };

type Report = {
  readonly benchmark: string;
  readonly machine: string;
  readonly input: string;
  /** Load average of the last minute, before. */
  readonly loadBefore: number;
  readonly digests: Record<string, string>;
  readonly rows: Row[];
};

let report: Report | undefined;
let currentSection = "";

/** One line that names the machine: a measurement without it says nothing. */
export function describeMachine(): string {
  const [first] = cpus();
  const memoryGb = (totalmem() / 2 ** 30).toFixed(0);
  const name = first?.model.trim() ?? "unknown processor";
  return `${cpus().length} x ${name}, ${memoryGb} GiB, ${platform()} ${release()}, Node ${process.versions.node}`;
}

function currentLoad(): number {
  return loadavg()[0];
}

/** Begins a benchmark's report. With `--json` it is one object on one line, written when the process ends without an error. */
export function printHeading(benchmark: string, input: string): void {
  report = { benchmark, machine: describeMachine(), input, loadBefore: currentLoad(), digests: {}, rows: [] };
  const { machine, loadBefore } = report;
  printText(`# ${benchmark}\nmachine  ${machine}, load ${loadBefore.toFixed(1)}\ninput    ${input}`);
  process.on("exit", (code) => {
    if (flags.json && code === 0) console.log(JSON.stringify({ ...report, loadAfter: currentLoad() }));
  });
}

/** Rows from here on belong to that part of the benchmark. */
export function printSection(title: string): void {
  currentSection = title;
  printText(`\n${title}`);
}

/** What two machines or versions must have in common to have done the same work. */
export function printDigest(what: string, digest: string): void {
  begun().digests[what] = digest;
  printText(`digest   ${what} ${digest}`);
}

/** One line of the report. `note` is for what is not a number. */
export function printRow(name: string, quantities: Quantities, note = ""): void {
  begun().rows.push({ section: currentSection, name, quantities, note });
  const parts = Object.entries(quantities).map(([label, [value, unit]]) => `${label} ${formatValue(value).padStart(6)} ${unit}`);
  printText([name.padEnd(52), ...parts, note].join("   ").trimEnd());
}

function begun(): Report {
  if (report === undefined) throw new Error("A benchmark prints its heading first: printHeading(name, input).");
  return report;
}

function printText(text: string): void {
  if (!flags.json) console.log(text);
}

/** Three significant digits, without exponents. */
function formatValue(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (value === 0) return "0";
  const digits = 2 - Math.floor(Math.log10(Math.abs(value)));
  return value.toFixed(Math.min(Math.max(digits, 0), 6));
}

/** Median of some values; the machines are shared, so single values are noise. */
export function medianOf(values: readonly number[]): number {
  return percentileOf(values, 0.5);
}

/** The value below which that fraction of the values lies (nearest rank). */
export function percentileOf(values: readonly number[], fraction: number): number {
  const ascending = [...values].sort((left, right) => left - right);
  const rank = Math.min(ascending.length - 1, Math.floor(fraction * ascending.length));
  return ascending[rank] ?? Number.NaN;
}
