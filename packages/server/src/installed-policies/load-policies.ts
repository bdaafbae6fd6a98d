import { BallastError, type Problem, problemsError } from "@ballast/core/errors";
import { findPolicyFaults, type Policy } from "@ballast/core/policy";
import { BUNDLED_POLICIES } from "./bundled-policies.ts";
import type { InstalledPolicy, IsolatedPolicy } from "./installed-policy.ts";
import { findPackageEntry } from "./package-entry.ts";
import { reachOf } from "./package-reach.ts";
import { createPolicyRegistry, type PolicyRegistry } from "./policy-registry.ts";
import { askOnce } from "./process/ask-once.ts";
import { DEFAULT_POLICY_LIMITS, type PolicyLimits } from "./process/start-process.ts";
import { readDeclaration } from "./read-declaration.ts";

/** A policy's module, and what was written to mean it. */
export type PolicyModule = { readonly specifier: string; readonly url: string };
type Found = PolicyModule & { readonly policy: InstalledPolicy };

/**
 * Finds the modules of configured policies: npm package names, or paths of files and folders, looked for from each of the
 * folders.
 * @throws BallastError POLICY_PACKAGE_INVALID that names each one that is not there.
 */
export function resolvePolicyPackages(specifiers: readonly string[], folders: readonly string[]): PolicyModule[] {
  const problems: Problem[] = [];
  const modules = specifiers.flatMap((specifier): PolicyModule[] => {
    const found = tryFindEntry(specifier, folders);
    if ("url" in found) return [{ specifier, url: found.url }];
    problems.push({ path: specifier, message: found.problem });
    return [];
  });
  throwIfAny(problems);
  return modules;
}

/**
 * The policies that come with Ballast, and further ones. Of the further ones nothing is imported here: what they declare is
 * asked of a process of their own.
 * @throws BallastError POLICY_PACKAGE_INVALID that names each package and each of its faults.
 */
export async function loadPolicies(modules: readonly PolicyModule[], policyLimits: Partial<PolicyLimits> = {}): Promise<PolicyRegistry> {
  const limits = { ...DEFAULT_POLICY_LIMITS, ...policyLimits };
  const bundled = await Promise.all(resolveBundled().map(importPolicy));
  const others = uniqueByUrl(modules).filter(({ url }) => !bundled.some((known) => known.url === url));
  const problems: Problem[] = [];
  const asked = await Promise.all(others.map(async (module) => await describePolicy(module, limits, problems)));
  const found = [...bundled, ...asked.filter((policy) => policy !== undefined)];
  problems.push(...findTakenNames(found));
  throwIfAny(problems);
  return createPolicyRegistry(found.map(({ policy }) => policy));
}

/** Only those that come with Ballast. */
export async function loadBundledPolicies(): Promise<PolicyRegistry<Policy>> {
  return createPolicyRegistry(await importBundled());
}

/** Those that come with Ballast, and others that were loaded before and are given as data. */
export async function loadInstalledPolicies(isolated: readonly IsolatedPolicy[]): Promise<PolicyRegistry> {
  return createPolicyRegistry<InstalledPolicy>([...(await importBundled()), ...isolated]);
}

/**
 * Finds one of those of `loadInstalledPolicies` by its name. Of the policies that come with Ballast it imports the one that is asked for,
 * by the name of its package: a thread that executes runs needs few of them.
 */
export async function loadInstalledPolicy(name: string, isolated: readonly IsolatedPolicy[]): Promise<InstalledPolicy> {
  const specifier = BUNDLED_POLICIES.find((bundled) => bundled === `@ballast/policy-${name}`);
  const [module] = specifier === undefined ? [] : resolvePolicyPackages([specifier], [import.meta.dirname]);
  const policy = module === undefined ? undefined : (await importPolicy(module)).policy;
  if (policy?.name === name) return policy;
  return isolated.find((known) => known.name === name) ?? (await loadInstalledPolicies(isolated)).getPolicy(name);
}

async function importBundled(): Promise<Policy[]> {
  const found = await Promise.all(resolveBundled().map(importPolicy));
  return found.map(({ policy }) => policy);
}

async function importPolicy(module: PolicyModule): Promise<Found & { readonly policy: Policy }> {
  const { policy } = (await import(/* @vite-ignore */ module.url)) as { readonly policy?: unknown };
  const problems = findPolicyFaults(policy).map((message) => ({ path: module.specifier, message }));
  throwIfAny(problems);
  return { ...module, policy: policy as Policy };
}

async function describePolicy(module: PolicyModule, limits: PolicyLimits, problems: Problem[]): Promise<Found | undefined> {
  const { specifier, url } = module;
  try {
    const source = { url, readable: reachOf(url).readable };
    const answer = await askOnce({ source, limits, who: "its policy", request: { kind: "declare" } });
    if (answer.kind === "threw") throw new Error(`its policy threw while it was read: ${answer.message}`);
    const read = readDeclaration(answer.value, specifier);
    if ("declaration" in read) return { ...module, policy: { ...read.declaration, url } };
    problems.push(...read.problems);
  } catch (error) {
    problems.push({ path: specifier, message: faultText(error) });
  }
  return undefined;
}

/** The package's name stands before it. */
function faultText(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return error instanceof BallastError ? text.replace(/^its policy |\.$/g, "") : text;
}

function findTakenNames(found: readonly Found[]): Problem[] {
  const owners = new Map<string, string>();
  return found.flatMap(({ specifier, policy: { name } }) => {
    const owner = owners.get(name);
    if (owner !== undefined) return [{ path: specifier, message: `its policy is called "${name}", as is that of ${owner}` }];
    owners.set(name, specifier);
    return [];
  });
}

function resolveBundled(): PolicyModule[] {
  return resolvePolicyPackages(BUNDLED_POLICIES, [import.meta.dirname]);
}

function tryFindEntry(specifier: string, folders: readonly string[]): { readonly url: string } | { readonly problem: string } {
  try {
    const url = findPackageEntry(specifier, folders);
    if (url !== undefined) return { url };
    const places = [...new Set(folders)].join(" or ");
    return { problem: `is not found from ${places}; install the package there, or give the path of its folder` };
  } catch (error) {
    return { problem: (error as Error).message };
  }
}

/** A package that is named twice, or once by name and once by path, is one. */
function uniqueByUrl(modules: readonly PolicyModule[]): PolicyModule[] {
  return [...new Map(modules.map((module) => [module.url, module])).values()];
}

function throwIfAny(problems: readonly Problem[]): void {
  if (problems.length > 0) throw problemsError("POLICY_PACKAGE_INVALID", "Policies cannot be installed", problems);
}
