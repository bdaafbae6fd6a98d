import type { Chart } from "./chart/chart.ts";
import type { Expectation, NoProof } from "./expectation.ts";
import type { TestBench } from "./lab/test-bench.ts";

/**
 * How sure the figure is that ours is held against. `published`: stands in the source named. `derived`: follows from
 * such by arithmetic or mathematics. `field`: known to the field but not read in the original: compared, never judged.
 */
export type Confidence = "published" | "derived" | "field";

/** What was measured: one number, or one for each seed. */
export type Sample = number | readonly number[];

export type FigureSpec = {
  readonly unit: string;
  readonly expected: Expectation;
  /** Why the figure is shown and judged, but not counted as a pass; left out for one that a wrong simulator misses. */
  readonly noProof?: NoProof;
};

/** How a figure moves when an unpublished parameter is halved and doubled. */
export type SensitivityRow = {
  readonly parameter: string;
  /** The value assumed, with its unit. */
  readonly assumed: string;
  /** Which figure is looked at, with its unit. */
  readonly figure: string;
  readonly halved: number;
  readonly asAssumed: number;
  readonly doubled: number;
};

export type Outcome<Label extends string = string> = {
  readonly figures: Readonly<Record<Label, Sample>>;
  readonly charts?: readonly Chart[];
  readonly sensitivity?: readonly SensitivityRow[];
};

/** One thing that the simulator must show, with the figures that say whether it does. */
export type Check<Label extends string = string> = {
  /** `subject.name`, both in kebab-case. */
  readonly id: string;
  readonly title: string;
  /** Where the expected figures come from. */
  readonly source: string;
  readonly confidence: Confidence;
  /** What is done to get the simulated figures, with sizes, where the title does not say it. */
  readonly method?: string;
  /** Whether it is done within a second, so that every test run does it. */
  readonly isQuick: boolean;
  readonly figures: Readonly<Record<Label, FigureSpec>>;
  run(testBench: TestBench): Promise<Outcome<Label>>;
};

/** Holds the labels of a check's figures and of its outcome together. */
export function defineCheck<const Label extends string>(check: Check<Label>): Check {
  return check;
}

export function subjectOf({ id }: Pick<Check, "id">): string {
  return id.slice(0, id.indexOf("."));
}
