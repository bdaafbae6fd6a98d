/**
 * What a process does, as a scenario states it. Page numbers and counts are in pages of the process's address space;
 * `accesses` counts accesses; times are simulated ns. `writeRatio` is the fraction of accesses that write, 0 to 1.
 */
export type Workload =
  | SequentialWorkload
  | CyclicWorkload
  | UniformWorkload
  | ZipfWorkload
  | RampWorkload
  | ReferencesWorkload
  | TraceWorkload
  | IdleWorkload
  | PhasesWorkload
  | ReadFileWorkload
  | InteractiveWorkload;

type Extent = {
  /** First page used; 0 by default. */
  readonly firstPage: number;
  /** Pages used, from `firstPage`. */
  readonly pages: number;
};

/** Each page once, in order: `pages` accesses. */
export type SequentialWorkload = Extent & { readonly kind: "sequential"; readonly writeRatio: number };
/** The same scan again and again. */
export type CyclicWorkload = Extent & {
  readonly kind: "cyclic";
  readonly accesses: number;
  readonly writeRatio: number;
};
/** Every page equally likely, independently. */
export type UniformWorkload = Extent & {
  readonly kind: "uniform";
  readonly accesses: number;
  readonly writeRatio: number;
};
/** Page of rank r (from 1; the rank is the distance from `firstPage`, plus 1) with probability proportional to r^-exponent. */
export type ZipfWorkload = Extent & {
  readonly kind: "zipf";
  readonly accesses: number;
  readonly exponent: number;
  readonly writeRatio: number;
};
/** Uniform over a number of pages that goes linearly from `fromPages` to `toPages`. */
export type RampWorkload = {
  readonly kind: "ramp";
  readonly firstPage: number;
  readonly fromPages: number;
  readonly toPages: number;
  readonly accesses: number;
  readonly writeRatio: number;
};
/** These accesses, in this order: "3" loads page 3, "w3" stores to it. */
export type ReferencesWorkload = { readonly kind: "references"; readonly references: readonly string[] };
/** A recorded trace, `times` times over. */
export type TraceWorkload = { readonly kind: "trace"; readonly trace: string; readonly times: number };
/** No access for so long. */
export type IdleWorkload = { readonly kind: "idle"; readonly ns: number };
/** One after the other, the whole list `times` times. */
export type PhasesWorkload = { readonly kind: "phases"; readonly phases: readonly Workload[]; readonly times: number };
/** A file of the VM, in order, through the guest's page cache. */
export type ReadFileWorkload = {
  readonly kind: "readFile";
  /** The file's name. */
  readonly file: string;
  /** First page of the file that is read. */
  readonly firstPage: number;
  /** Pages read from there; null: to the end of the file. */
  readonly pages: number | null;
  readonly times: number;
  readonly writeRatio: number;
  /** Pages that one request of the disk reads beyond the one that is missing. */
  readonly readAheadPages: number;
};
/** Only what commands ask for; never ends by itself. */
export type InteractiveWorkload = { readonly kind: "interactive" };
