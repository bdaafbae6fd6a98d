import type { Damage } from "./damage.ts";

/** What is done to the server, its Postgres or what is between them. Times in ms of wall time; `at` in [0, 1) chooses one of those there are. */
export type Fault =
  /** SIGKILL; started again after `downMs`. `damage`: of what the run that was executed has stored, while the server is away. */
  | { readonly kind: "kill-server"; readonly at: number; readonly downMs: number; readonly damage: Damage | null }
  /** SIGSTOP and SIGCONT: a machine that is suspended, or has no processor for the server. */
  | { readonly kind: "freeze-server"; readonly at: number; readonly forMs: number }
  /** SIGTERM, and started again: an orderly restart. */
  | { readonly kind: "restart-server"; readonly at: number }
  /** SIGKILL to the postmaster. The server's own comes back by the server, another one is started again after `downMs`. */
  | { readonly kind: "kill-postgres"; readonly downMs: number }
  /** SIGKILL to a backend: Postgres ends all of its sessions and recovers. */
  | { readonly kind: "kill-backend"; readonly at: number }
  /** SIGSTOP and SIGCONT to a process of Postgres that writes: a disk that does not answer. */
  | { readonly kind: "freeze-backend"; readonly at: number; readonly forMs: number }
  /** pg_terminate_backend of about this part of the sessions. */
  | { readonly kind: "end-sessions"; readonly part: number }
  /** By the proxy: connections broken in one of three ways, new ones refused for a while. */
  | { readonly kind: "cut-connections"; readonly how: Cut; readonly refuseMs: number }
  /** By the proxy: every packet comes late. */
  | { readonly kind: "slow-connections"; readonly delayMs: number; readonly forMs: number }
  /** Postgres answers 53100 (disk_full) to writes of one table. */
  | { readonly kind: "refuse-writes"; readonly table: string; readonly forMs: number }
  /** The file system of Postgres' data has no byte left. */
  | { readonly kind: "fill-disk"; readonly forMs: number }
  /** The server's wall clock is set; it is not set back. */
  | { readonly kind: "jump-clock"; readonly at: number; readonly byMs: number };

export const CUTS = ["reset", "half-close", "truncate"] as const;
export type Cut = (typeof CUTS)[number];

export type FaultKind = Fault["kind"];

export const FAULT_KINDS = Object.keys({
  "kill-server": true,
  "freeze-server": true,
  "restart-server": true,
  "kill-postgres": true,
  "kill-backend": true,
  "freeze-backend": true,
  "end-sessions": true,
  "cut-connections": true,
  "slow-connections": true,
  "refuse-writes": true,
  "fill-disk": true,
  "jump-clock": true,
} satisfies Record<FaultKind, true>) as readonly FaultKind[];

/** A fault and when: `afterMs` after the one before, or, if it `waits`, after runs have continued since that one. */
export type PlannedFault = { readonly afterMs: number; readonly waits: boolean; readonly fault: Fault };

/** Those after which the time until a run continues is measured. */
export const INTERRUPTING: ReadonlySet<FaultKind> = new Set([
  "kill-server",
  "freeze-server",
  "restart-server",
  "kill-postgres",
  "kill-backend",
  "end-sessions",
  "cut-connections",
]);
