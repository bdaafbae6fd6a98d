import { type Application, packageVersion } from "@ballast/server/application";
import { comparedVariants, type Experiment, type Variant } from "@ballast/server/experiment";
import { analyseExperiment, type ExperimentAnalysis } from "@ballast/server/experiment-analysis";
import { RELATIVE_FLOOR } from "@ballast/statistics";
import { seedsText, TONES } from "@ballast/statistics/words";
import { KIND_NAMES } from "../../presentation/experiment-list.ts";
import type { Report, ReportVariant, Statement, VariantCurves } from "../report.ts";
import { experimentCommand } from "./command-text.ts";
import { curvesOf } from "./curves.ts";
import { reportedMetrics } from "./metrics.ts";
import { reportedPolicies } from "./policies.ts";
import { reportedScenario, scenarioWord } from "./scenario.ts";

const MAX_STATEMENTS = 10;
/** Variants whose curves are drawn. */
const MAX_CURVES = 6;

/** What a report of an experiment shows. */
export async function experimentReport(application: Application, experiment: Experiment, signal: AbortSignal): Promise<Report> {
  const { kind, scenarioName, seeds, variants, baseline, notes, createdAt } = experiment;
  const compared = comparedVariants(experiment);
  const analysis = analyseExperiment(experiment);
  const run = variants[baseline]?.cells.find((cell) => cell.run !== null)?.run ?? undefined;
  return {
    title: `${KIND_NAMES[kind]}: ${scenarioName}`,
    facts: [
      `${compared.length} ${compared.length === 1 ? "variant" : "variants"}`,
      seedsText(seeds),
      `baseline ${analysis.baseline}`,
      experiment.status,
      dateText(createdAt),
    ],
    headline: statements(analysis),
    variants: variants.map(reportedVariant),
    baseline,
    seeds,
    relativeFloor: RELATIVE_FLOOR,
    metrics: reportedMetrics(experiment, analysis),
    ...(await curves({ pool: application.pool, signal }, compared)),
    policies: reportedPolicies(application.policies, variants),
    scenario: await reportedScenario(application, run, scenarioName),
    command: experimentCommand(experiment, await scenarioWord(application, scenarioName)),
    version: packageVersion(),
    createdAt: dateText(createdAt),
    notes,
  };
}

/** The conclusion, then one sentence on each variant about the metric that decides. */
function statements({ conclusion, primaryMetric, metrics }: ExperimentAnalysis): Statement[] {
  const comparisons = metrics.find(({ name }) => name === primaryMetric)?.comparisons ?? [];
  const sentences = comparisons.map((comparison): Statement => ({ tone: TONES[comparison.verdict], text: comparison.sentence }));
  const rest = sentences.length - MAX_STATEMENTS;
  return [
    { tone: null, text: conclusion },
    ...sentences.slice(0, MAX_STATEMENTS),
    ...(rest > 0 ? [{ tone: null, text: `The table has ${rest} more.` }] : []),
  ];
}

function reportedVariant({ label, role, cells }: Variant): ReportVariant {
  return {
    label,
    role,
    runs: cells.map(({ seed, run }) => ({
      seed,
      id: run?.id ?? null,
      status: run?.status ?? "",
      events: run?.headPosition ?? 0,
      digest: run?.digest ?? "",
    })),
  };
}

/** Of the first seed with a run of each variant. */
async function curves(
  source: Parameters<typeof curvesOf>[0],
  compared: readonly Variant[],
): Promise<Pick<Report, "curves" | "curvesNote">> {
  const found: VariantCurves[] = [];
  for (const { label, cells } of compared.slice(0, MAX_CURVES)) {
    const run = cells.find((cell) => cell.run !== null && cell.metrics !== null)?.run ?? null;
    const ofRun = run === null ? undefined : await curvesOf(source, run, label);
    if (ofRun !== undefined) found.push(ofRun);
  }
  const rest = compared.length - MAX_CURVES;
  const seeds = [...new Set(found.map(({ seed }) => seed))].join(", ");
  const left = rest > 0 ? ` The other ${rest} variants are left out.` : "";
  return {
    curves: found,
    curvesNote:
      found.length === 0
        ? ""
        : `One run of each variant, with seed ${seeds}. Steps are the kept moments of the series; at most 8 VMs are drawn.${left}`,
  };
}

export function dateText(date: Date): string {
  return `${date.toISOString().slice(0, 16).replace("T", " ")} UTC`;
}
