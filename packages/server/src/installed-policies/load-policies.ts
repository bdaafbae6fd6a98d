import { type Problem, problemsError } from "@ballast/core/errors";
import { findPolicyFaults, type Policy } from "@ballast/core/policy";
import { BUNDLED_POLICIES } from "./bundled-policies.ts";
import { findPackageEntry } from "./package-entry.ts";
import { createPolicyRegistry, type PolicyRegistry } from "./policy-registry.ts";

type PolicyModule = { readonly specifier: string; readonly url: string };

/**
 * Finds the modules of configured policies, so that a worker thread can load the same files whatever folder it is in:
 * npm package names, or paths of files and folders, looked for from each of the folders.
 * @throws BallastError POLICY_PACKAGE_INVALID that names each one that is not there.
 */
export function resolvePolicyPackages(specifiers: readonly string[], folders: readonly string[]): string[] {
  return resolveModules(specifiers, folders).map(({ url }) => url);
}

/**
 * Loads the policies that come with Ballast and further ones: the file URLs of `resolvePolicyPackages`, or what that takes,
 * from the working folder. The main export `policy` of each must keep the plug-in interface.
 * @throws BallastError POLICY_PACKAGE_INVALID that names each package and each of its faults.
 */
export async function loadPolicies(specifiers: readonly string[]): Promise<PolicyRegistry> {
  const bundled = resolveModules(BUNDLED_POLICIES, [import.meta.dirname]);
  const modules = [...bundled, ...resolveModules(specifiers, [process.cwd()])];
  const problems: Problem[] = [];
  const loaded = new Map<string, { readonly policy: Policy; readonly specifier: string }>();
  for (const { specifier, url } of uniqueByUrl(modules)) {
    const policy = await loadPolicy(specifier, url, problems);
    if (policy === undefined) continue;
    const other = loaded.get(policy.name);
    if (other === undefined) loaded.set(policy.name, { policy, specifier });
    else
      problems.push({
        path: specifier,
        message: `its policy is called "${policy.name}", as is that of ${other.specifier}`,
      });
  }
  throwIfAny(problems);
  return createPolicyRegistry([...loaded.values()].map(({ policy }) => policy));
}

async function loadPolicy(specifier: string, url: string, problems: Problem[]): Promise<Policy | undefined> {
  try {
    const { policy } = (await import(/* @vite-ignore */ url)) as { readonly policy?: unknown };
    const faults = findPolicyFaults(policy);
    problems.push(...faults.map((message) => ({ path: specifier, message })));
    return faults.length === 0 ? (policy as Policy) : undefined;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    problems.push({ path: specifier, message: `cannot be imported: ${why}` });
    return undefined;
  }
}

function resolveModules(specifiers: readonly string[], folders: readonly string[]): PolicyModule[] {
  const problems: Problem[] = [];
  const modules = specifiers.flatMap((specifier): PolicyModule[] => {
    const url = findPackageEntry(specifier, folders);
    if (url !== undefined) return [{ specifier, url }];
    const places = [...new Set(folders)].join(" or ");
    const message = `is not found from ${places}; install the package there, or give the path of its folder`;
    problems.push({ path: specifier, message });
    return [];
  });
  throwIfAny(problems);
  return modules;
}

/** A package that is named twice, or once by name and once by path, is one. */
function uniqueByUrl(modules: readonly PolicyModule[]): PolicyModule[] {
  return [...new Map(modules.map((module) => [module.url, module])).values()];
}

function throwIfAny(problems: readonly Problem[]): void {
  if (problems.length > 0) throw problemsError("POLICY_PACKAGE_INVALID", "Policies cannot be installed", problems);
}
