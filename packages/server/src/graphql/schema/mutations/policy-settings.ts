import { BallastError } from "@ballast/core/errors";
import type { PolicySettings } from "../../../runs/index.ts";

export const PARAMETERS_SAYS =
  "An object of the policy's parameters by name. Missing ones take the scenario's values if the policy is the scenario's own, " +
  "else the policy's defaults.";

export const FROM_DEFAULTS_SAYS = "Missing parameters take the policy's defaults, also where the scenario sets its own policy differently.";

type Input = { readonly parameters?: unknown; readonly fromDefaults?: boolean | null | undefined };

/** How a client sets a policy. @throws BallastError INPUT_INVALID. */
export function settingsOf({ parameters, fromDefaults }: Input): PolicySettings {
  return { ...parametersOf(parameters), ...(fromDefaults == null ? {} : { fromDefaults }) };
}

function parametersOf(json: unknown): PolicySettings {
  if (json == null) return {};
  if (typeof json === "object" && !Array.isArray(json)) return { parameters: json as Readonly<Record<string, unknown>> };
  throw new BallastError("INPUT_INVALID", `\`parameters\` must be an object of parameters by name, not ${JSON.stringify(json)}`);
}
