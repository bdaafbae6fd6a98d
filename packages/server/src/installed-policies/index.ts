export { loadPolicies, resolvePolicyPackages } from "./load-policies.ts";
export type { PolicyRegistry } from "./policy-registry.ts";
