import type { ErrorCode } from "@ballast/core/errors";
import type { PageActivity } from "@ballast/core/kernel";
import type { IsolatedPolicy, PolicyLimits } from "../../installed-policies/index.ts";
import type { Claim } from "../store/claim.ts";
import type { Interruption } from "../worker/worker-signals.ts";
import type { Outcome, ProgressReport } from "../worker/outcome.ts";
import type { ExecutionSettings } from "../worker/settings.ts";
import type { ReexecutedRun } from "../worker/verify-run.ts";

/** What a worker thread is started with. */
export type WorkerSetup = {
  readonly connectionString: string;
  /** Policies that do not come with Ballast. */
  readonly isolatedPolicies: readonly IsolatedPolicy[];
  readonly policyLimits: PolicyLimits;
  readonly settings: ExecutionSettings;
  /** Of a CallGuard. */
  readonly guard: SharedArrayBuffer;
};

export type ToWorker =
  | { readonly kind: "execute"; readonly claim: Claim }
  | { readonly kind: "verify"; readonly run: number }
  | { readonly kind: "activity"; readonly run: number; readonly position: number }
  /** Of `activity`. */
  | { readonly kind: "cancel" }
  | { readonly kind: "commands" }
  | { readonly kind: "interrupt"; readonly how: Interruption };

export type FromWorker =
  | { readonly kind: "progress"; readonly progress: ProgressReport }
  | { readonly kind: "notice"; readonly what: string }
  | { readonly kind: "outcome"; readonly outcome: Outcome }
  /** How far `activity` is. */
  | { readonly kind: "reached"; readonly position: number }
  | { readonly kind: "activity"; readonly activity: PageActivity }
  | { readonly kind: "verified"; readonly verified: ReexecutedRun }
  | { readonly kind: "refused"; readonly error: { readonly code: ErrorCode; readonly message: string } };
