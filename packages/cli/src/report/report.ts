import type { Unit } from "@ballast/core/metrics";
import type { Tone } from "@ballast/statistics/words";

/** What a report shows, as plain values, which a thread can be sent: where they come from is another matter. */
export type Report = {
  readonly title: string;
  /** Facts of a few words each, below the title. */
  readonly facts: readonly string[];
  readonly headline: readonly Statement[];
  readonly variants: readonly ReportVariant[];
  /** The variant that the others are compared with, by its place; null: there is one variant alone. */
  readonly baseline: number | null;
  readonly seeds: readonly number[];
  /** A relative difference below this share of 1 does not matter. */
  readonly relativeFloor: number;
  readonly metrics: readonly ReportMetric[];
  readonly curves: readonly VariantCurves[];
  /** What the curves are of and what they leave out. */
  readonly curvesNote: string;
  readonly policies: readonly ReportPolicy[];
  readonly scenario: { readonly name: string; readonly description: string; readonly json: string };
  /** What makes the same again. */
  readonly command: string;
  readonly version: string;
  readonly createdAt: string;
  readonly notes: readonly string[];
};

/** `tone` is null of a sentence about all variants. */
export type Statement = { readonly tone: Tone | null; readonly text: string };

export type ReportVariant = {
  readonly label: string;
  /** See `VariantRole`. */
  readonly role: "compared" | "uncommitted" | "bound";
  readonly runs: readonly ReportRun[];
};

export type ReportRun = {
  readonly seed: number;
  /** null: deleted. */
  readonly id: string | null;
  readonly status: string;
  readonly events: number;
  readonly digest: string;
};

export type ReportMetric = {
  readonly title: string;
  readonly description: string;
  readonly better: "lower" | "higher" | null;
  readonly unit: Unit;
  /** What an axis of it is labelled with, and what its values are divided by there. */
  readonly axis: { readonly unit: string; readonly divisor: number };
  /** By variant, then by seed; null: the run has none. */
  readonly values: readonly (readonly (number | null)[])[];
  /** By variant; null of the baseline, and of variants that are not compared. */
  readonly comparisons: readonly (MetricComparison | null)[];
};

export type MetricComparison = {
  readonly tone: Tone;
  /** The verdict in a word or two. */
  readonly verdict: string;
  /** "12 % lower", "412 higher". */
  readonly difference: string;
  /** Of it, at 95 %; null of a single seed. */
  readonly interval: string | null;
  /** As shares of 1 of the baseline; null where there is no ratio. */
  readonly relative: { readonly value: number; readonly low: number | null; readonly high: number | null } | null;
};

/** How one run of a variant went. */
export type VariantCurves = {
  readonly label: string;
  readonly seed: number;
  readonly endNs: number;
  readonly vms: readonly VmCurves[];
  readonly decisions: readonly { readonly timeNs: number; readonly vm: number; readonly kind: string }[];
};

export type VmCurves = {
  readonly vm: number;
  readonly name: string;
  readonly configuredPages: number;
  /** By ascending time, each from its time until the next. */
  readonly points: readonly CurvePoint[];
};

export type CurvePoint = {
  readonly timeNs: number;
  readonly residentPages: number;
  readonly balloonPages: number;
  readonly swappedPages: number;
  /** Since the point before. */
  readonly faults: number;
};

export type ReportPolicy = {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly parameters: readonly ReportParameter[];
};

export type ReportParameter = {
  readonly name: string;
  readonly description: string;
  /** All that variants of this policy have. */
  readonly values: readonly string[];
  readonly isChanged: boolean;
  readonly default: string;
  readonly source: string;
};
