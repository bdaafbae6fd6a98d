import { CAPABILITIES } from "./capability.ts";
import { findDeclarationFaults } from "./check-parameters.ts";
import { type ParameterSchema, readParameters } from "./parameter.ts";
import { findApiFault } from "./policy-api.ts";
import type { Policy } from "./policy.ts";

/** Names, versions and sentences are shown in tables and messages. */
const MAX_NAME_LENGTH = 60;
const MAX_SENTENCE_LENGTH = 1_000;

/** What keeps a package's export from being a policy, as sentences; empty if nothing does. */
export function findPolicyFaults(candidate: unknown): string[] {
  if (typeof candidate !== "object" || candidate === null) return ["the export `policy` is missing or not an object"];
  const policy = candidate as Partial<Policy>;
  const apiFault = findApiFault(policy.apiVersion);
  // The rest of a policy for another version may be right for that one.
  if (apiFault !== undefined) return [apiFault];
  const faults: string[] = [];
  if (!isText(policy.name, MAX_NAME_LENGTH) || !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(policy.name)) {
    faults.push("`name` must be kebab-case text");
  }
  if (!isText(policy.version, MAX_NAME_LENGTH)) faults.push("`version` must be text");
  if (!isText(policy.description, MAX_SENTENCE_LENGTH)) faults.push("`description` must be one sentence");
  if (typeof policy.create !== "function") faults.push("`create` must be a function");
  if (typeof policy.periodNs !== "function") faults.push("`periodNs` must be a function");
  if (!Array.isArray(policy.requires)) faults.push("`requires` must be a list of capabilities");
  else {
    for (const capability of policy.requires as readonly unknown[]) {
      if (typeof capability === "string" && Object.hasOwn(CAPABILITIES, capability)) continue;
      faults.push(`\`requires\` names ${JSON.stringify(capability)}; there are: ${Object.keys(CAPABILITIES).join(", ")}`);
    }
  }
  if (policy.uses !== undefined && typeof policy.uses !== "function") faults.push("`uses` must be a function, if there is one");
  if (policy.orders !== undefined && typeof policy.orders !== "function") faults.push("`orders` must be a function, if there is one");
  if (typeof policy.parameters !== "object" || policy.parameters === null) faults.push("`parameters` must be an object");
  else faults.push(...findParameterFaults(policy.parameters));
  return faults;
}

/** Defaults are held against declarations that can be read only. */
function findParameterFaults(parameters: ParameterSchema): string[] {
  const faults = findDeclarationFaults(parameters, MAX_SENTENCE_LENGTH);
  if (faults.length > 0) return faults;
  return readParameters(parameters, {}, "parameters").problems.map((p) => `${p.path} default ${p.message}`);
}

function isText(value: unknown, longest: number): value is string {
  return typeof value === "string" && value !== "" && value.length <= longest;
}
