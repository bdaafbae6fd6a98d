import { assert, unreachable } from "../assert/index.ts";
import { BallastError } from "../errors/index.ts";
import { Prng } from "../prng/index.ts";
import type { TraceReader } from "../trace/index.ts";
import type { AccessBuffer, AccessStream } from "./access-stream.ts";
import { PhasesStream } from "./streams/phases-stream.ts";
import { IdleStream, InteractiveStream } from "./streams/quiet-streams.ts";
import { RampStream } from "./streams/ramp-stream.ts";
import { ReadFileStream } from "./streams/read-file-stream.ts";
import { ReferencesStream } from "./streams/references-stream.ts";
import { ScanStream } from "./streams/scan-stream.ts";
import type { StreamPart } from "./streams/stream-part.ts";
import { TraceStream } from "./streams/trace-stream.ts";
import { UniformStream } from "./streams/uniform-stream.ts";
import { ZipfStream } from "./streams/zipf-stream.ts";
import type { ReadFileWorkload, Workload } from "./workload.ts";

/** The recorded traces by name, and the files of the VM in the order of their numbers. */
export type StreamSources = {
  readonly traces: ReadonlyMap<string, TraceReader>;
  readonly files: readonly { readonly name: string; readonly pages: number }[];
};

/**
 * Sets a workload to work. The stream draws from a copy of `prng` and gives the same accesses whatever the buffer's
 * length is. What it saves begins with the four numbers of its chance.
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
  switch (workload.kind) {
    case "sequential":
      return new ScanStream({ ...workload, accesses: workload.pages }, prng);
    case "cyclic":
      return new ScanStream(workload, prng);
    case "uniform":
      return new UniformStream(workload, prng);
    case "zipf":
      return new ZipfStream(workload, prng);
    case "ramp":
      return new RampStream(workload, prng);
    case "references":
      return new ReferencesStream(workload);
    case "trace":
      return new TraceStream(findTrace(workload.trace, sources), workload.times);
    case "idle":
      return new IdleStream(workload.ns);
    case "phases":
      return new PhasesStream(
        workload.phases.map((phase) => createPart(phase, prng, sources)),
        workload.times,
      );
    case "readFile":
      return createFileStream(workload, prng, sources);
    case "interactive":
      return new InteractiveStream();
    default:
      return unreachable(workload, "kind of workload");
  }
}

function createFileStream(workload: ReadFileWorkload, prng: Prng, { files }: StreamSources): StreamPart {
  const index = files.findIndex(({ name }) => name === workload.file);
  assert(index >= 0, () => `the VM has no file "${workload.file}"`);
  const { firstPage, writeRatio, readAheadPages, times } = workload;
  const pages = workload.pages ?? files[index].pages - firstPage;
  return new ReadFileStream(index + 1, readAheadPages, { firstPage, pages, accesses: pages * times, writeRatio }, prng);
}

function findTrace(name: string, { traces }: StreamSources): TraceReader {
  const reader = traces.get(name);
  if (reader !== undefined) return reader;
  const known = [...traces.keys()].join(", ") || "none";
  throw new BallastError("TRACE_NOT_FOUND", `The workload reads the trace "${name}"; there are: ${known}.`);
}
