import type { Capability } from "./capability.ts";
import type { ParameterValues } from "./parameter.ts";
import type { Policy } from "./policy.ts";

/** What a policy has with these parameters: never more than it declares in `requires`. */
export function capabilitiesOf(policy: Policy, parameters: ParameterValues): readonly Capability[] {
  const used = policy.uses?.(parameters);
  return used === undefined ? policy.requires : policy.requires.filter((capability) => used.includes(capability));
}
