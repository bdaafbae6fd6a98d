import { type Problem } from "@ballast/core/errors";
import { findPolicyFaults, type Policy } from "@ballast/core/policy";
import type { PolicyDeclaration } from "./process/protocol.ts";

type Described = { readonly declared?: unknown; readonly functions?: unknown };

/** What a policy's process says of its policy, held against the interface: the declaration, or every fault. */
export function readDeclaration(
  described: unknown,
  specifier: string,
): { readonly declaration: PolicyDeclaration } | { readonly problems: readonly Problem[] } {
  const candidate = candidateOf(described);
  const faults = findPolicyFaults(candidate);
  if (faults.length > 0) return { problems: faults.map((message) => ({ path: specifier, message })) };
  const { apiVersion, name, version, description, requires, parameters, needsAllAccesses } = candidate as Policy;
  const declaration = { apiVersion, name, version, description, requires, parameters };
  return { declaration: needsAllAccesses === true ? { ...declaration, needsAllAccesses } : declaration };
}

/** The policy with functions that are never called, where it has functions. */
function candidateOf(described: unknown): unknown {
  const { declared, functions } = (described ?? {}) as Described;
  if (typeof declared !== "object" || declared === null || !Array.isArray(functions)) return undefined;
  const members = functions.map((member): [string, unknown] => {
    const [name = "", type] = String(member).split(":");
    return [name, type === "function" ? neverCalled : type];
  });
  return { ...declared, ...Object.fromEntries(members) };
}

function neverCalled(): never {
  throw new Error("a policy's functions are called in its process only");
}
