import { Prng } from "../prng/index.ts";
import type { AccessBuffer, AccessStream } from "./access-stream.ts";
import type { StreamPart } from "./streams/stream-part.ts";
import type { StreamRandomness, StreamSources } from "./workload-kind.ts";
import { isComposed, kindOf, type Workload } from "./workload-kinds.ts";

/** Of a process, by the number of its VM in the order in which they are switched on. */
export function processRandomness(seed: number, vm: number, process: number): StreamRandomness {
  const owner = `vm-${vm}/process-${process}`;
  return { accesses: Prng.named(seed, `workload/${owner}`), starts: Prng.named(seed, `trace-start/${owner}`) };
}

/**
 * Sets a workload to work. The stream draws from copies of the random streams and gives the same accesses whatever the
 * buffer's length is. What it saves begins with the four numbers of the random stream of its accesses.
 * @throws BallastError TRACE_NOT_FOUND if the workload names a trace that is not among the sources.
 */
export function createStream(workload: Workload, randomness: StreamRandomness, sources: StreamSources): AccessStream {
  const accesses = new Prng(randomness.accesses.save());
  const starts = new Prng(randomness.starts.save());
  return new SavedStream(createPart(workload, { accesses, starts }, sources), accesses);
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

function createPart(workload: Workload, randomness: StreamRandomness, sources: StreamSources): StreamPart {
  const kind = kindOf(workload);
  if (!isComposed(kind)) return kind.createStream(workload, sources, randomness);
  return kind.compose(
    workload,
    kind.parts(workload).map((part) => createPart(part, randomness, sources)),
  );
}
