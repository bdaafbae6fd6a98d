import type { ExperimentAnalysis, MetricAnalysis, VariantComparison } from "@ballast/server/experiment-analysis";
import { VERDICT_WORDS } from "@ballast/statistics/words";
import type { Output } from "../output/output.ts";
import { wrap } from "../output/wrap.ts";

/** More variants than this are a matter for `--json`. */
const MAX_VARIANTS = 8;
const INDENT = "  ";

type Finding = { readonly metric: MetricAnalysis; readonly comparison: VariantComparison };

/** The verdicts of each variant against the baseline, by what they are. */
export function verdictLines({ metrics, baseline }: ExperimentAnalysis, output: Output): string[] {
  const labels = (metrics[0]?.comparisons ?? []).map(({ label }) => label);
  if (labels.length > MAX_VARIANTS) return [`Verdicts on ${labels.length} variants against ${baseline}: --json has them.`];
  return labels.flatMap((label) => {
    const findings = metrics.flatMap((metric): Finding[] => {
      const comparison = metric.comparisons.find((each) => each.label === label);
      return comparison === undefined ? [] : [{ metric, comparison }];
    });
    return [`${output.paint("bold", label)} against ${baseline}:`].concat(groupLines(findings, output));
  });
}

function groupLines(findings: readonly Finding[], output: Output): string[] {
  return Object.entries(VERDICT_WORDS).flatMap(([verdict, heading]) => {
    const group = findings.filter(({ comparison }) => comparison.verdict === verdict);
    if (group.length === 0) return [];
    const width = output.width === undefined ? undefined : output.width - INDENT.length;
    return wrap(`${heading}: ${group.map(findingText).join(", ")}`, width).map(
      (line, index) => `${INDENT}${index === 0 ? "" : INDENT}${line}`,
    );
  });
}

function findingText({ metric: { title }, comparison }: Finding): string {
  switch (comparison.verdict) {
    case "equal":
    case "equivalent":
    case "incomparable":
      return title;
    case "undecided":
      return `${title} (${comparison.short}; ${comparison.seedsNeeded === null ? "over 1,000" : `about ${comparison.seedsNeeded}`} seeds)`;
    default:
      return `${title} (${comparison.short})`;
  }
}
