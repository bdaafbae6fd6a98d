import { differenceText, judge, type Judgement, measuredText, seedsText } from "@ballast/statistics";
import type { Experiment, Variant } from "../experiment.ts";
import { isFinal } from "../../runs/run.ts";
import { AMOUNTS } from "./amounts.ts";
import { ANALYSED_METRICS, type AnalysedMetric, PRIMARY_METRICS, PRIMARY_SHARE } from "./analysed-metrics.ts";
import type { ExperimentAnalysis } from "./analysis.ts";
import { namesOf } from "./names.ts";
import { hasValues, testOf, valuesOf } from "./metric-values.ts";
import { disqualifications, missingOf } from "./unequal-work.ts";

/** More clauses than this no sentence holds; the notes have them all. */
const MAX_REMARKS = 4;

type Conclusion = Pick<ExperimentAnalysis, "conclusion" | "primaryMetric">;

/** Which variant is best on the primary metric, in one sentence. */
export function concludeExperiment(experiment: Experiment, variants: readonly Variant[]): Conclusion {
  const waiting = unfinishedText(experiment);
  if (waiting !== null) return { conclusion: waiting, primaryMetric: null };
  const out = disqualifications(variants);
  const candidates = variants.filter((variant) => !out.has(variant));
  const metric = primaryMetricOf(candidates);
  const missing = candidates.flatMap((variant) => (missingOf(variant) === null ? [] : [`${variant.label} ${missingOf(variant)}`]));
  const claim = metric === undefined ? "No variant has a value to compare" : claimOf(metric, candidates);
  const left = [...out].map(([{ label }, why]) => `${label} ${why} and is not compared`);
  const remarks = [...left, ...missing];
  const shown =
    remarks.length > MAX_REMARKS ? [...remarks.slice(0, MAX_REMARKS), `${remarks.length - MAX_REMARKS} more likewise`] : remarks;
  return { conclusion: `${[claim, ...shown].join("; ")}.`, primaryMetric: metric?.name ?? null };
}

function unfinishedText({ status, variants }: Experiment): string | null {
  if (status !== "running") return null;
  const cells = variants.flatMap((variant) => variant.cells);
  const ended = cells.filter(({ run }) => run === null || isFinal(run.status)).length;
  return `The experiment is running: ${ended} of ${cells.length} runs have ended.`;
}

function primaryMetricOf(candidates: readonly Variant[]): AnalysedMetric | undefined {
  const metrics = PRIMARY_METRICS.flatMap((name) => ANALYSED_METRICS.find((metric) => metric.name === name) ?? []);
  return metrics.find((metric) => candidates.some((variant) => hasValues(metric, variant)));
}

type Ranked = { readonly label: string; readonly judgement: Judgement };

function claimOf(metric: AnalysedMetric, candidates: readonly Variant[]): string {
  const [best, ...others] = ranked(metric, candidates);
  if (best === undefined) return "No variant has a value to compare";
  const { label } = best;
  if (others.length === 0)
    return candidates.length === 1 ? `${label} alone did all the work` : `${label} alone has a ${metric.column.title}`;
  // The best was chosen by its values: every pair of candidates belongs to the family, which is never less strict than that of the table.
  const pairs = Math.max(((others.length + 1) * others.length) / 2, others.length / PRIMARY_SHARE);
  const judgements = judge(
    others.map((other) => testOf(metric, other, best)),
    { untested: pairs - others.length },
  );
  const compared = others.map((other, place): Ranked => ({ label: other.label, judgement: judgements[place] as Judgement }));
  return new Claim(metric, label, compared).text();
}

/** From the best on, by the geometric mean over the seeds of which all have a value, or over its own where there is none. */
function ranked(metric: AnalysedMetric, candidates: readonly Variant[]): Variant[] {
  const rows = candidates
    .map((variant) => ({ variant, values: valuesOf(metric, variant) }))
    .filter(({ values }) => values.some((value) => value !== null));
  const shared = (rows[0]?.values ?? []).map((_value, seed) => rows.every(({ values }) => values[seed] !== null));
  const means = rows.map(({ variant, values }) => {
    const counted = shared.includes(true) ? values.filter((_value, seed) => shared[seed]) : values;
    return { variant, mean: meanLogarithm(counted.filter((value) => value !== null)) };
  });
  const sign = metric.better === "higher" ? -1 : 1;
  return means.sort((left, right) => sign * (left.mean - right.mean)).map(({ variant }) => variant);
}

/** Of values that are times, rates or ratios: never below 0. */
function meanLogarithm(values: readonly number[]): number {
  return values.reduce((total, value) => total + Math.log(value), 0) / values.length;
}

/** The best variant against the others, of which the first is the next best. */
class Claim {
  readonly #metric: AnalysedMetric;
  readonly #best: string;
  readonly #others: readonly Ranked[];

  constructor(metric: AnalysedMetric, best: string, others: readonly Ranked[]) {
    this.#metric = metric;
    this.#best = best;
    this.#others = others;
  }

  text(): string {
    const beaten = this.#where("better");
    if (beaten.length === this.#others.length) return `${this.#bestText([])}, ${this.#against(this.#next)}`;
    const rest = beaten.length === 0 ? "" : `; ${this.#best} is better than ${namesOf(beaten.map((each) => this.#withDifference(each)))}`;
    return `${this.#undecidedText()}${rest}${this.#openText()}`;
  }

  get #next(): Ranked {
    return this.#others[0] as Ranked;
  }

  #where(verdict: Judgement["verdict"]): readonly Ranked[] {
    return this.#others.filter(({ judgement }) => judgement.verdict === verdict);
  }

  #bestText(equals: readonly string[]): string {
    const names = [this.#best, ...equals];
    const extreme = this.#metric.better === "higher" ? "highest" : "lowest";
    return `${namesOf(names)} ${names.length === 1 ? "has" : "have"} the ${extreme} ${this.#metric.column.title}`;
  }

  /** Those that are not told apart from the best, where the sentence begins with others. */
  #openText(): string {
    const open = this.#where("undecided");
    const begins = this.#others.find(({ judgement }) => judgement.verdict !== "better");
    if (open.length === 0 || begins?.judgement.verdict === "undecided") return "";
    const seeds = open.map((each) => `${this.#withDifference(each)}; ${seedsText(each.judgement)}`);
    return `; it is not told apart from ${namesOf(seeds)}`;
  }

  /** Those that the best does not beat: equal, too near to matter, not told apart, or of one seed. */
  #undecidedText(): string {
    const first = this.#others.find(({ judgement }) => judgement.verdict !== "better");
    const { judgement } = first as Ranked;
    const labels = this.#where(judgement.verdict).map(({ label }) => label);
    switch (judgement.verdict) {
      case "equal":
        return `${this.#bestText(labels)}: the same under each of ${judgement.pairs} seeds`;
      case "equivalent":
        return `${this.#bestText(labels)}: the difference from ${first?.label} is too small to matter, ${this.#measured(judgement)}`;
      case "single":
        return `Under the one seed ${this.#bestText([])}, ${differenceText(judgement, AMOUNTS[this.#metric.unit])} against ${first?.label}, the next; that is no verdict`;
      case "incomparable":
        return `${this.#bestText([])}, but shares no seed with ${first?.label}`;
      default:
        return `${namesOf([this.#best, ...labels])} are not told apart in ${this.#metric.column.title}: ${this.#best} is ${this.#measured(judgement)} against ${first?.label}; ${seedsText(judgement)}`;
    }
  }

  #withDifference({ label, judgement }: Ranked): string {
    return `${label} (${differenceText(judgement, AMOUNTS[this.#metric.unit])})`;
  }

  #against({ label, judgement }: Ranked): string {
    return `${this.#measured(judgement)} against ${label}, the next`;
  }

  #measured(judgement: Judgement): string {
    return measuredText(judgement, AMOUNTS[this.#metric.unit]);
  }
}
