/** How a reader follows a run. */
export const READER_KINDS = ["sse", "graphql-sse", "websocket", "ndjson"] as const;
export type ReaderKind = (typeof READER_KINDS)[number];

/** What a process of readers is told to do: `counts` readers of each kind, until it is asked for its report. */
export type FollowOrder = {
  readonly url: string;
  readonly run: string;
  readonly counts: Readonly<Record<ReaderKind, number>>;
};

export type ReaderReport = {
  readonly kind: ReaderKind;
  readonly events: number;
  readonly bytes: number;
  /** Time of the first message since the request, in ms; null: none came. */
  readonly firstMs: number | null;
  /** Longest time between two messages, in ms. */
  readonly longestSilenceMs: number;
  /** Why it ended: `completed`, a code that the server gave, or `connection lost`; null: it still follows. */
  readonly end: string | null;
};

export type ProbeOrder = { readonly url: string; readonly run: string };

export type ProbeReport = {
  /** Of /livez in the first 5 s, while the readers connect. */
  readonly connectingMs: readonly number[];
  /** Of /livez after them. */
  readonly livezMs: readonly number[];
  readonly queryMs: readonly number[];
  readonly failures: number;
};

/** How long the server's event loop did not turn, in ms: by the clock, and in processor time of its thread, which other programs do not lengthen. */
export type LoopHolds = { readonly longestMs: number; readonly longestProcessorMs: number; readonly processorShare: number };

export type ToServer = "start" | "report" | "stop";

export type FromServer =
  | { readonly kind: "ready"; readonly url: string }
  | { readonly kind: "started"; readonly run: string }
  | { readonly kind: "report"; readonly written: number; readonly holds: LoopHolds }
  | { readonly kind: "stopped" };
