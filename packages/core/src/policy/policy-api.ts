/**
 * Major version of the policy API: what a policy exports, sees and may decide. It rises with every change that a policy of
 * before would not survive; a capability, a field of an observation or a kind of decision more is no such change.
 */
export const POLICY_API_VERSION = 1;

/** What is wrong with the version that a policy says it was written for, as a sentence; undefined if nothing is. */
export function findApiFault(stated: unknown): string | undefined {
  if (stated === POLICY_API_VERSION) return undefined;
  if (stated === undefined) {
    return `\`apiVersion\` is missing: write \`apiVersion: ${POLICY_API_VERSION}\` if the policy was written for this version of Ballast`;
  }
  if (typeof stated !== "number" || !Number.isInteger(stated)) return `\`apiVersion\` must be a whole number, now ${POLICY_API_VERSION}`;
  const way =
    stated > POLICY_API_VERSION
      ? "install a newer Ballast, or an older version of the policy"
      : "install a newer version of the policy, or bring it up to date by CHANGELOG.md";
  return `it was written for version ${stated} of the policy API and Ballast has version ${POLICY_API_VERSION}: ${way}`;
}
