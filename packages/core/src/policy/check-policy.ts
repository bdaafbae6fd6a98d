import { CAPABILITIES } from "./capability.ts";
import type { Policy } from "./policy.ts";
import { readParameters } from "./parameter.ts";

/** What keeps a package's export from being a policy, as sentences; empty if nothing does. */
export function findPolicyFaults(candidate: unknown): string[] {
  if (typeof candidate !== "object" || candidate === null) return ["the export `policy` is missing or not an object"];
  const policy = candidate as Partial<Policy>;
  const faults: string[] = [];
  if (typeof policy.name !== "string" || !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(policy.name)) {
    faults.push("`name` must be kebab-case text");
  }
  if (typeof policy.version !== "string" || policy.version === "") faults.push("`version` must be text");
  if (typeof policy.says !== "string" || policy.says === "") faults.push("`says` must be one sentence");
  if (typeof policy.create !== "function") faults.push("`create` must be a function");
  if (typeof policy.periodNs !== "function") faults.push("`periodNs` must be a function");
  if (!Array.isArray(policy.requires)) faults.push("`requires` must be a list of capabilities");
  else {
    for (const capability of policy.requires) {
      if (Object.hasOwn(CAPABILITIES, capability)) continue;
      faults.push(`\`requires\` names ${JSON.stringify(capability)}; there are: ${Object.keys(CAPABILITIES).join(", ")}`);
    }
  }
  if (policy.uses !== undefined && typeof policy.uses !== "function") faults.push("`uses` must be a function, if there is one");
  if (policy.orders !== undefined && typeof policy.orders !== "function") faults.push("`orders` must be a function, if there is one");
  if (typeof policy.parameters !== "object" || policy.parameters === null) faults.push("`parameters` must be an object");
  else faults.push(...readParameters(policy.parameters, {}, "parameters").problems.map((p) => `${p.path} default ${p.message}`));
  return faults;
}
