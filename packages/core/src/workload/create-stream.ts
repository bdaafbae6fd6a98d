import { Prng } from "../prng/index.ts";
import type { AccessBuffer, AccessStream } from "./access-stream.ts";
import type { StreamPart } from "./streams/stream-part.ts";
import type { StreamSources } from "./workload-kind.ts";
import { isComposed, kindOf, type Workload } from "./workload-kinds.ts";

/**
 * Sets a workload to work. The stream draws from a copy of `prng` and gives the same accesses whatever the buffer's
 * length is. What it saves begins with the four numbers of its random stream.
 * @throws BallastError TRACE_NOT_FOUND if the workload names a trace that is not among the sources.
 */
export function createStream(workload: Workload, prng: Prng, sources: StreamSources): AccessStream {
  const own = new Prng(prng.save());
  return new SavedStream(createPart(workload, own, sources), own);
}

class SavedStream implements AccessStream {
  private readonly part: StreamPart;
  private readonly prng: Prng;

  constructor(part: StreamPart, prng: Prng) {
    this.part = part;
    this.prng = prng;
  }

  get idleNs(): number {
    return this.part.idleNs;
  }

  fill(buffer: AccessBuffer): number {
    return this.part.fill(buffer);
  }

  save(): readonly number[] {
    return [...this.prng.save(), ...this.part.save()];
  }

  load(saved: readonly number[]): void {
    const [s0 = 0, s1 = 0, s2 = 0, s3 = 0] = saved;
    this.prng.load([s0, s1, s2, s3]);
    this.part.load(saved.slice(4));
  }
}

function createPart(workload: Workload, prng: Prng, sources: StreamSources): StreamPart {
  const kind = kindOf(workload);
  if (!isComposed(kind)) return kind.createStream(workload, sources, prng);
  return kind.compose(
    workload,
    kind.parts(workload).map((part) => createPart(part, prng, sources)),
  );
}
