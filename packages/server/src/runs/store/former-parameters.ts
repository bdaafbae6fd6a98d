import type { ParameterValues } from "@ballast/core/policy";

/** Parameters of the policies that come with Ballast, by the names under which earlier versions stored them. */
const FORMER_NAMES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  ballooning: { leastChangeFraction: "minChangeFraction" },
  esx: { leastChangeFraction: "minChangeFraction" },
  ksm: { leastPages: "minPages", mostPages: "maxPages" },
  mom: { leastChangeFraction: "minChangeFraction", mostChangeFraction: "maxChangeFraction" },
  "mrc-balance": { leastChangeFraction: "minChangeFraction" },
  proxmox: { mostChangeMib: "maxChangeMib" },
};

export function currentParameterName(policy: string, name: string): string {
  const names = Object.hasOwn(FORMER_NAMES, policy) ? FORMER_NAMES[policy] : undefined;
  return names !== undefined && Object.hasOwn(names, name) ? (names[name] ?? name) : name;
}

/** Parameters that any version stored, under the names that the policy has now. */
export function currentParameters(policy: string, stored: ParameterValues): ParameterValues {
  const entries = Object.entries(stored).map(([name, value]) => [currentParameterName(policy, name), value] as const);
  return Object.fromEntries(entries);
}
