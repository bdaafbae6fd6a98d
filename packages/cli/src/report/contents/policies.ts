import type { Parameter } from "@ballast/core/policy";
import { BallastError } from "@ballast/core/errors";
import type { Variant } from "@ballast/server/experiment";
import type { InstalledPolicy, PolicyRegistry } from "@ballast/server/installed-policies";
import type { ReportParameter, ReportPolicy } from "../report.ts";

type Used = Pick<Variant, "policyName" | "policyVersion" | "parameters">;

/** Every policy once, with the values that its variants have and what the installed policy declares of them. */
export function reportedPolicies(registry: PolicyRegistry, variants: readonly Used[]): ReportPolicy[] {
  const names = [...new Set(variants.map(({ policyName }) => policyName))];
  return names.map((name) => {
    const used = variants.filter(({ policyName }) => policyName === name);
    const installed = installedPolicy(registry, name);
    const parameters = Object.keys(used[0]?.parameters ?? {}).map((parameter) =>
      reported(parameter, used, installed?.parameters[parameter]),
    );
    const versions = [...new Set(used.map(({ policyVersion }) => policyVersion))].join(", ");
    return { name, version: versions, description: installed?.description ?? "It is not installed any more.", parameters };
  });
}

function installedPolicy(registry: PolicyRegistry, name: string): InstalledPolicy | undefined {
  try {
    return registry.getPolicy(name);
  } catch (error) {
    if (error instanceof BallastError && error.code === "POLICY_NOT_FOUND") return undefined;
    throw error;
  }
}

function reported(name: string, used: readonly Used[], declared: Parameter | undefined): ReportParameter {
  const values = [...new Set(used.map(({ parameters }) => String(parameters[name])))];
  const unit = declared !== undefined && "unit" in declared ? ` ${declared.unit}` : "";
  const byDefault = declared === undefined ? "" : String(declared.default);
  return {
    name,
    description: declared?.description ?? "",
    values: values.map((value) => `${value}${unit}`),
    isChanged: declared !== undefined && values.some((value) => value !== byDefault),
    default: byDefault,
    source: declared === undefined ? "" : sourceOf(declared),
  };
}

function sourceOf({ confidence, source }: Parameter): string {
  return source.startsWith(confidence) ? source : `${confidence}: ${source}`;
}
