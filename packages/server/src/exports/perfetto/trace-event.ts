/**
 * An event of the Chrome trace event format, of the kinds that are used here. `X`: a slice. `C`: a counter. `i`: an instant. `s` and `t`: the
 * begin of a flow at the slice of its track that lies around it, and its next step. `M`: what a process or thread is called.
 */
export type TraceEvent = {
  readonly ph: "X" | "C" | "i" | "s" | "t" | "M";
  readonly name: string;
  readonly pid: number;
  readonly tid?: number;
  readonly timeNs: number;
  readonly durationNs?: number;
  /** Of a flow. */
  readonly id?: number;
  readonly args?: Readonly<Record<string, unknown>>;
};

/** What only some kinds have, or have to have. */
const FIXED = {
  X: { cat: "ballast" },
  C: {},
  i: { s: "p" },
  s: { cat: "decision" },
  t: { cat: "decision", bp: "e" },
  M: {},
} as const satisfies Record<TraceEvent["ph"], object>;

/** The format has times in us; the digits behind the point are ns. */
const NS_PER_US = 1_000;

export function traceEventJson({ timeNs, durationNs, ...event }: TraceEvent): string {
  const duration = durationNs === undefined ? {} : { dur: durationNs / NS_PER_US };
  return JSON.stringify({ ...event, ...FIXED[event.ph], ts: timeNs / NS_PER_US, ...duration });
}
