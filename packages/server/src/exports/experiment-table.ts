import type { Cell as ExperimentCell, Experiment, Variant } from "../experiments/experiment.ts";
import { RELATIVE_RESULTS } from "@ballast/core/metrics";
import { kindOfUnit, type MetricOfRun, metricsOfRuns, runResultColumns } from "./result-columns.ts";
import { fileFacts } from "./run-facts.ts";
import { type Cell, type ColumnKind, type ExportTable, type ItemColumn, tableOf } from "./table.ts";

type Point = {
  readonly variant: Variant;
  readonly place: number;
  readonly cell: ExperimentCell;
};

/** A run for each variant and seed: what it was made of, and each of its results. */
export function experimentTable(experiment: Experiment): ExportTable {
  const results = runResultColumns<Point>(({ cell }) => cell.metrics);
  const columns = [...inputColumns(experiment), ...runColumns(), ...relativeColumns(), ...results];
  return tableOf(columns, pointsOf(experiment), experimentFacts(experiment, "experiment"));
}

/** The same in the long form: a row for each variant, seed and metric that has a value. */
export function experimentMetricTable(experiment: Experiment): ExportTable {
  const columns: readonly ItemColumn<Point & MetricOfRun>[] = [
    ...inputColumns(experiment),
    { name: "metric", kind: "name", isRequired: true, cell: ({ name }) => name },
    { name: "unit", kind: "name", isRequired: true, cell: ({ unit }) => unit },
    { name: "value", kind: "number", isRequired: true, cell: ({ value }) => value },
  ];
  const rows = pointsOf(experiment).flatMap((point) => {
    const metrics = metricsOfRuns({ ...point.cell.relative, ...point.cell.metrics });
    return metrics.map((metric): Point & MetricOfRun => Object.assign({}, point, metric));
  });
  return tableOf(columns, rows, experimentFacts(experiment, "experiment metrics"));
}

function pointsOf({ variants }: Experiment): Point[] {
  return variants.flatMap((variant, place) => variant.cells.map((cell) => ({ variant, place, cell })));
}

function relativeColumns(): ItemColumn<Point>[] {
  const names = Object.keys(RELATIVE_RESULTS) as (keyof typeof RELATIVE_RESULTS)[];
  return names.map((name) => ({ name, kind: kindOfUnit(RELATIVE_RESULTS[name].unit), cell: ({ cell }) => cell.relative?.[name] ?? null }));
}

function inputColumns({ id, kind, scenarioName, baseline, variants }: Experiment): ItemColumn<Point>[] {
  return [
    { name: "experiment", kind: "name", isRequired: true, cell: () => id },
    { name: "kind", kind: "name", isRequired: true, cell: () => kind },
    { name: "scenario", kind: "name", isRequired: true, cell: () => scenarioName },
    { name: "variant", kind: "name", isRequired: true, cell: ({ variant }) => variant.label },
    { name: "role", kind: "name", isRequired: true, cell: ({ variant }) => variant.role },
    { name: "isBaseline", kind: "boolean", isRequired: true, cell: ({ place }) => place === baseline },
    { name: "policy", kind: "name", isRequired: true, cell: ({ variant }) => variant.policyName },
    { name: "policyVersion", kind: "name", isRequired: true, cell: ({ variant }) => variant.policyVersion },
    { name: "parameters", kind: "json", isRequired: true, cell: ({ variant }) => JSON.stringify(variant.parameters) },
    { name: "overrides", kind: "json", isRequired: true, cell: ({ variant }) => JSON.stringify(variant.overrides) },
    ...settingColumns("parameter", variants, ({ parameters }) => parameters),
    ...settingColumns("scenario", variants, ({ overrides }) => overrides),
    { name: "seed", kind: "integer", isRequired: true, cell: ({ cell }) => cell.seed },
  ];
}

function runColumns(): ItemColumn<Point>[] {
  return [
    { name: "run", kind: "text", cell: ({ cell }) => cell.run?.id ?? null },
    { name: "status", kind: "name", cell: ({ cell }) => cell.run?.status ?? null },
    { name: "error", kind: "name", cell: ({ cell }) => cell.run?.error?.code ?? null },
    { name: "events", kind: "integer", cell: ({ cell }) => cell.run?.headPosition ?? null },
    { name: "digest", kind: "text", cell: ({ cell }) => cell.run?.digest ?? null },
  ];
}

type Settings = Readonly<Record<string, unknown>>;

/** A column for each setting of which variants have several values, such as what a sweep varies: `parameter.taxRate`, `scenario.host.framePages`. */
function settingColumns(prefix: string, variants: readonly Variant[], settingsOf: (variant: Variant) => Settings): ItemColumn<Point>[] {
  const names = [...new Set(variants.flatMap((variant) => Object.keys(settingsOf(variant))))];
  return names.flatMap((name): ItemColumn<Point>[] => {
    const values = variants.map((variant) => settingsOf(variant)[name]);
    if (new Set(values.map((value) => JSON.stringify(value))).size < 2) return [];
    const kind = kindOfValues(values.filter((value) => value !== undefined));
    return [{ name: `${prefix}.${name}`, kind, cell: ({ variant }) => settingCell(settingsOf(variant)[name], kind) }];
  });
}

function kindOfValues(values: readonly unknown[]): ColumnKind {
  if (values.every((value) => typeof value === "number")) return "number";
  return values.every((value) => typeof value === "boolean") ? "boolean" : "name";
}

function settingCell(value: unknown, kind: ColumnKind): Cell {
  if (value === undefined) return null;
  if (kind === "name") return typeof value === "string" ? value : JSON.stringify(value);
  return value as number | boolean;
}

function experimentFacts(
  { id, kind, scenarioName, seeds, variants, baseline }: Experiment,
  table: string,
): Readonly<Record<string, string>> {
  return {
    ...fileFacts(table),
    "ballast.experiment": id,
    "ballast.kind": kind,
    "ballast.scenario": scenarioName,
    "ballast.seeds": seeds.join(","),
    "ballast.baseline": variants[baseline]?.label ?? "",
  };
}
