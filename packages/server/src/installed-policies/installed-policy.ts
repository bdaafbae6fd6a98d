import type { Policy } from "@ballast/core/policy";
import type { PolicyDeclaration } from "./process/protocol.ts";

/** A policy that does not come with Ballast: what it declares, and where its process finds it. Plain data. */
export type IsolatedPolicy = PolicyDeclaration & {
  /** URL of the module that exports it. */
  readonly url: string;
};

/** Those that come with Ballast run in the kernel's thread, all others in a process of their own. */
export type InstalledPolicy = Policy | IsolatedPolicy;

export function isIsolated(policy: InstalledPolicy): policy is IsolatedPolicy {
  return "url" in policy;
}
