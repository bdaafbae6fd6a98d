import { seedsText } from "@ballast/statistics/words";
import type { Experiment } from "@ballast/server/experiment";
import { isFinal, type RunStatus } from "@ballast/server/run";
import type { Progress } from "./output/progress.ts";
import { showCount } from "@ballast/core/quantities";
import { KIND_NAMES } from "./presentation/experiment-list.ts";
import { timeLeft } from "./time-left.ts";

/** A run of an experiment, and how far it is. */
export type Part = {
  readonly id: string;
  readonly logId: number;
  /** Place of its variant. */
  readonly place: number;
  accesses: number;
  events: number;
  status: RunStatus;
};

/** How far the runs of an experiment are together: sums that each change of a run moves. */
export class ExperimentProgress {
  /** In the order in which they were queued. */
  readonly parts: readonly Part[];
  readonly #progress: Progress;
  readonly #label: string;
  /** Of one run; undefined if that cannot be known before it has ended. */
  readonly #expected: number | undefined;
  readonly #startedMs = performance.now();
  readonly #firstShare: number;
  #shares = 0;
  #done = 0;
  #events = 0;

  constructor(progress: Progress, experiment: Experiment, expected: number | undefined) {
    this.#progress = progress;
    this.#expected = expected;
    const { kind, variants, seeds } = experiment;
    const count = variants.length === 1 ? "1 variant" : `${variants.length} variants`;
    this.#label = `${KIND_NAMES[kind]} of ${count} with ${seedsText(seeds)}`;
    this.parts = partsOf(experiment);
    for (const part of this.parts) this.#count(part, 1);
    this.#firstShare = this.#shares;
  }

  update(part: Part, now: Pick<Part, "accesses" | "events" | "status">): void {
    this.#count(part, -1);
    Object.assign(part, now);
    this.#count(part, 1);
    this.#show();
  }

  #count(part: Part, sign: 1 | -1): void {
    const isOver = isFinal(part.status);
    this.#done += isOver ? sign : 0;
    this.#events += sign * part.events;
    this.#shares += sign * (isOver ? 1 : Math.min(1, part.accesses / (this.#expected ?? Number.POSITIVE_INFINITY)));
  }

  #show(): void {
    const fraction = Math.min(1, this.#shares / this.parts.length);
    // What was done before this command began took none of its time.
    const ofThis = (this.#shares - this.#firstShare) / (this.parts.length - this.#firstShare);
    const details = [
      `${showCount(this.#done)} of ${showCount(this.parts.length)} runs`,
      `${showCount(this.#events)} events`,
      timeLeft(this.#startedMs, performance.now(), ofThis),
    ];
    this.#progress.update({ label: this.#label, fraction, detail: details.filter((detail) => detail !== "").join(", ") });
  }
}

function partsOf({ variants }: Experiment): Part[] {
  const parts = variants.flatMap(({ cells }, place) =>
    cells.flatMap(({ run }): Part[] => {
      if (run === null) return [];
      const { id, logId, accesses, headPosition: events, status } = run;
      return [{ id, logId, place, accesses, events, status }];
    }),
  );
  return parts.sort((one, other) => one.logId - other.logId);
}
