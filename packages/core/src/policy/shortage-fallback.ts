import type { Prng } from "../prng/index.ts";
import type { Capability } from "./capability.ts";
import type { StealPages } from "./decision.ts";
import type { Observation } from "./observation.ts";
import type { ChoiceParameter, ValuesOf } from "./parameter.ts";
import { shortagePages } from "./reserve.ts";
import { shortageFraction } from "./shared-parameters.ts";
import { stealAtRandom } from "./steal-at-random.ts";

const shortageFallback = {
  type: "choice",
  default: "steal",
  choices: ["steal", "end"],
  description: "When a VM needs a frame and none is free: `steal` at random into the host's swap, or `end` that VM.",
  source: "a host with swap steals rather than ends a VM; `end` shows what the policy can do by itself",
  confidence: "assumed",
} as const satisfies ChoiceParameter;

/** The parameters of policies whose own means take too long, or give nothing, when no frame is free. */
export const shortageParameters = { shortageFallback, shortageFraction };
export type ShortageValues = ValuesOf<typeof shortageParameters>;

/** What they do then, by these parameters: a small batch at random, or nothing. Nothing at any other time. */
export function stealAtShortage(observation: Observation, values: ShortageValues, prng: Prng): StealPages[] {
  const { cause, neededPages, vms } = observation;
  if (cause !== "shortage" || values.shortageFallback !== "steal") return [];
  return stealAtRandom(vms, shortagePages(observation, values.shortageFraction), prng, "no free frame", { neededPages });
}

/** What such a policy uses: its own capabilities, and `steal` if it falls back on that. */
export function usesAtShortage(own: readonly Capability[], values: Pick<ShortageValues, "shortageFallback">): readonly Capability[] {
  return values.shortageFallback === "steal" && !own.includes("steal") ? [...own, "steal"] : own;
}
