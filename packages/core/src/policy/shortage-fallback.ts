import type { Prng } from "../prng/index.ts";
import type { Capability } from "./capability.ts";
import type { StealPages } from "./decision.ts";
import type { Observation } from "./observation.ts";
import type { ChoiceParameter, ParameterValues } from "./parameter.ts";
import { shortageFraction } from "./reserve.ts";
import { stealAtRandom } from "./steal-at-random.ts";

const shortageFallback: ChoiceParameter = {
  type: "choice",
  default: "steal",
  choices: ["steal", "end"],
  description: "When a VM needs a frame and none is free: `steal` at random into the host's swap, or `end` that VM.",
  source: "assumed: a host with swap steals rather than ends a VM; `end` shows what the policy can do by itself",
  confidence: "assumed",
};

/** The parameters of policies whose own means take too long, or give nothing, when no frame is free. */
export const shortageParameters = { shortageFallback, shortageFraction };

/** What they do then, by these parameters: a small batch at random, or nothing. Nothing at any other time. */
export function stealAtShortage(observation: Observation, parameters: ParameterValues, prng: Prng): StealPages[] {
  const { cause, host, neededPages, vms } = observation;
  if (cause !== "shortage" || parameters["shortageFallback"] !== "steal") return [];
  const batch = Math.ceil(Number(parameters["shortageFraction"]) * host.framePages);
  return stealAtRandom(vms, Math.max(neededPages, batch), prng, "no free frame", { neededPages });
}

/** What such a policy uses: its own capabilities, and `steal` if it falls back on that. */
export function usesAtShortage(own: readonly Capability[], parameters: ParameterValues): readonly Capability[] {
  return parameters["shortageFallback"] === "steal" && !own.includes("steal") ? [...own, "steal"] : own;
}
