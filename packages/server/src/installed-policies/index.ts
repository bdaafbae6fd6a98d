export { type InstalledPolicy, isIsolated, type IsolatedPolicy } from "./installed-policy.ts";
export { type OpenPolicy, openIsolatedPolicy, settleIsolatedPolicy } from "./isolated-policy.ts";
export { loadBundledPolicies, loadInstalledPolicies, loadInstalledPolicy, loadPolicies, resolvePolicyPackages } from "./load-policies.ts";
export type { PolicyRegistry } from "./policy-registry.ts";
export { CallGuard } from "./process/call-guard.ts";
export { MEMORY_POLL_MS, residentMemory } from "./process/resident-memory.ts";
export { DEFAULT_POLICY_LIMITS, type PolicyLimits } from "./process/start-process.ts";
export { BUNDLED_POLICIES } from "./bundled-policies.ts";
