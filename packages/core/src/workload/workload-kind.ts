import type { Prng } from "../prng/index.ts";
import type { Field, Fields, ValuesOf } from "../reading/object.ts";
import type { Reader } from "../reading/reader.ts";
import type { TraceReader } from "../trace/index.ts";
import type { StreamPart } from "./streams/stream-part.ts";

/** A file of a VM, as far as workloads know it. */
export type FileExtent = { readonly name: string; readonly pages: number };

/** What a workload reads from: the recorded traces by name, and the files of the VM in the order of their numbers. */
export type StreamSources = { readonly traces: ReadonlyMap<string, TraceReader>; readonly files: readonly FileExtent[] };

/** The random streams of a workload, apart from each other: where traces begin does not change what accesses are drawn. */
export type StreamRandomness = { readonly accesses: Prng; readonly starts: Prng };
/** What the length of a workload depends on. */
export type LengthSources = {
  readonly traces: ReadonlyMap<string, Pick<TraceReader, "referenceCount">>;
  readonly files: readonly FileExtent[];
};

/**
 * What of a workload is drawn from the seed: which pages it touches, only which of its accesses write, or the reference with which
 * rounds of a trace begin.
 */
export type SeededPart = "pages" | "writes" | "start";

/** Pages of a file that a workload reads; `pages` null: to the end of the file. */
export type FileReading = { readonly file: string; readonly firstPage: number; readonly pages: number | null };

/**
 * A kind of workload: its file of `kinds` says everything about it, and its line in `WORKLOAD_KINDS` gives it its name. The
 * scenario's parser, the JSON Schema, the random generators of the property tests and the table in docs/scenarios.md derive
 * from that. `Stated` is the workload as a scenario states it, read and completed, without `kind`.
 */
export type SimpleKind<F extends Fields, Stated = ValuesOf<F>> = {
  /** One sentence, for the schema and the documentation. */
  readonly description: string;
  /** The members besides `kind`. A process's own pages are in members whose names end in `page` or `pages`. */
  readonly fields: F;
  /**
   * The workload at work. It draws from `accesses` in the order of the accesses, and from `starts` only here: what it draws
   * from that, it keeps in every round.
   */
  createStream(workload: Stated, sources: StreamSources, randomness: StreamRandomness): StreamPart;
  /** Accesses in all; null: it never ends. A trace or file that is not among the sources counts as empty. */
  countAccesses(workload: Stated, sources: LengthSources): number | null;
  /** What of it another seed changes; null: it makes the same accesses under every seed. */
  seededPart(workload: Stated): SeededPart | null;
  /** One past the highest page of the process's own that it can touch; undefined: not known before the run. */
  countPages(workload: Stated): number | undefined;
  /** JSON path, below the workload, of what touches a page outside of the process. By default the workload itself. */
  findPageOutside?(workload: Stated, virtualPages: number): readonly (string | number)[];
  /** Simulated time without an access by its own choice, in ns. By default 0. */
  idleNs?(workload: Stated): number;
  /** Name of the trace that it replays; then its pages are the trace's. */
  trace?(workload: Stated): string;
  /** What it reads of a file of the VM, which its member `file` names. */
  reading?(workload: Stated): FileReading;
};

/** A kind that is made of other workloads, which are `Part`s. */
export type ComposedKind<Stated, Part> = {
  readonly description: string;
  /** The members besides `kind`, by the reader of a workload. */
  fields(part: Reader<Part>): { readonly [Member in keyof Stated]: Field<Stated[Member]> };
  /** The member that lists the parts. */
  readonly partsMember: string;
  parts(workload: Stated): readonly Part[];
  /** How many times over the parts are made. */
  times(workload: Stated): number;
  /** The workload at work, of its parts at work. */
  compose(workload: Stated, parts: readonly StreamPart[]): StreamPart;
};

/** Checks a declaration against the types that follow from its own fields. */
export function simpleKind<F extends Fields>(kind: SimpleKind<F>): SimpleKind<F> {
  return kind;
}
