import { list } from "../../reading/collections.ts";
import { DEEPEST_PHASES, MAX_PHASES } from "../../reading/limits.ts";
import { required } from "../../reading/object.ts";
import type { Reader } from "../../reading/reader.ts";
import { type AccessBuffer, STREAM_ENDED } from "../access-stream.ts";
import type { StreamPart } from "../streams/stream-part.ts";
import type { ComposedKind } from "../workload-kind.ts";
import { shared } from "./fields.ts";

/** Its parts one after the other, the whole list several times. Parts that are not at work need no saving. */
class PhasesStream implements StreamPart {
  private readonly parts: readonly StreamPart[];
  private readonly times: number;
  private round = 0;
  private index = 0;

  constructor(parts: readonly StreamPart[], times: number) {
    this.parts = parts;
    this.times = times;
  }

  get idleNs(): number {
    return this.parts[this.index].idleNs;
  }

  fill(buffer: AccessBuffer): number {
    while (this.round < this.times) {
      const count = this.parts[this.index].fill(buffer);
      if (count !== STREAM_ENDED) return count;
      this.goToNextPart();
    }
    return STREAM_ENDED;
  }

  private goToNextPart(): void {
    this.index += 1;
    if (this.index === this.parts.length) {
      this.index = 0;
      this.round += 1;
    }
    this.parts[this.index].restart();
  }

  restart(): void {
    this.round = 0;
    this.index = 0;
    this.parts[0].restart();
  }

  save(): readonly number[] {
    return [this.round, this.index, ...this.parts[this.index].save()];
  }

  load(saved: readonly number[]): void {
    [this.round = 0, this.index = 0] = saved;
    this.parts[this.index].load(saved.slice(2));
  }
}

/** As a scenario states them. */
export type Phases<Part> = { readonly phases: readonly Part[]; readonly times: number };

export function phases<Part>(): ComposedKind<Phases<Part>, Part> {
  return {
    description: "Workloads one after the other, the list `times` times over; phases nest eight deep.",
    fields: (part) => ({ phases: required(nested(part), "The workloads, in order."), times: shared.times }),
    partsMember: "phases",
    parts: (workload) => workload.phases,
    times: (workload) => workload.times,
    compose: (workload, parts) => new PhasesStream(parts, workload.times),
  };
}

function nested<Part>(part: Reader<Part>): Reader<readonly Part[]> {
  const parts = list(part, { minimum: 1, maximum: MAX_PHASES }, "phases");
  return {
    schema: parts.schema,
    read(value, place) {
      const depth = place.path.split("/phases").length - 1;
      if (depth <= DEEPEST_PHASES) return parts.read(value, place);
      place.report(`nests phases ${depth} deep; ${DEEPEST_PHASES} are allowed`);
      return undefined;
    },
  };
}
