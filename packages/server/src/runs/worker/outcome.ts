import type { RunError, RunStatus } from "../run.ts";

/** How the work on a run came to its end. */
export type Outcome =
  /** The run is final, and marked so. */
  | { readonly kind: "finished"; readonly status: RunStatus }
  /** Saved; it may be continued immediately. */
  | { readonly kind: "released" }
  /** Saved; only a command makes it continue. */
  | { readonly kind: "parked" }
  /** Somebody else holds the lease, or the run was deleted. */
  | { readonly kind: "lost" }
  /** Postgres could not be reached, or was full, for longer than is waited for. */
  | { readonly kind: "unstored"; readonly message: string }
  /** The run cannot continue: its RunFailed event is still to be appended. */
  | { readonly kind: "failed"; readonly error: RunError };

/** How far a run is, for those who watch its executor. */
export type ProgressReport = { readonly position: number; readonly accesses: number; readonly isIdle: boolean };
