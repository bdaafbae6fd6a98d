import type { Axis } from "./axis.ts";
import type { CapacityPoint, PolicyCapacity } from "./capacity.ts";
import { contradictions, unmet } from "./notes.ts";
import { largestHolding } from "./walk.ts";

/** What has to keep the limit: the mean, and the bounds of its interval. */
const STATISTICS = ["mean", "high", "low"] as const;
type Statistic = (typeof STATISTICS)[number];

/** The search for the capacity under one policy. Points are asked for one at a time, so that several searches can share experiments. */
export class PolicySearch {
  readonly #axis: Axis;
  readonly #limit: number;
  readonly #points = new Map<number, CapacityPoint>();
  readonly #found = new Map<Statistic, number | null>();
  #label = "";

  constructor(axis: Axis, limit: number) {
    this.#axis = axis;
    this.#limit = limit;
  }

  /** The load whose point is needed next; null once everything is found. */
  next(): number | null {
    for (const statistic of STATISTICS) {
      if (this.#found.has(statistic)) continue;
      const load = this.#advance(statistic);
      if (load !== null) return load;
    }
    return null;
  }

  add(load: number, label: string, point: CapacityPoint): void {
    this.#label = label;
    this.#points.set(load, point);
  }

  capacity(): PolicyCapacity {
    const valueOf = (statistic: Statistic): number | null => {
      const load = this.#found.get(statistic) ?? null;
      return load === null ? null : this.#axis.valueOf(load);
    };
    const walked = [...this.#points].sort(([left], [right]) => left - right).map(([, point]) => point);
    const value = valueOf("mean");
    return {
      label: this.#label,
      value,
      sure: valueOf("high"),
      possible: valueOf("low"),
      isAtEnd: this.#found.get("mean") === this.#axis.max,
      points: walked.toSorted((left, right) => left.value - right.value),
      notes: [...(value === null ? [unmet(walked[0]!, this.#axis, this.#limit)] : []), ...contradictions(walked, this.#axis)],
    };
  }

  /** Walks over known points; each walk asks them again from where the mean's ended, which is near its own end. */
  #advance(statistic: Statistic): number | null {
    const walk = largestHolding(this.#axis, this.#found.get("mean") ?? this.#axis.start);
    for (let step = walk.next(); ;) {
      if (step.done === true) {
        this.#found.set(statistic, step.value);
        return null;
      }
      const point = this.#points.get(step.value);
      if (point === undefined) return step.value;
      step = walk.next(point[statistic] <= this.#limit);
    }
  }
}
