import { MEMORY_STATE_PRESETS, type MemoryStatePreset } from "../../policy/index.ts";
import type { MemoryStateFractions } from "../memory-state-marks.ts";
import { byType } from "../../reading/collections.ts";
import { defaulted, object, optional } from "../../reading/object.ts";
import { type Reader, refined } from "../../reading/reader.ts";
import { choice, ratio } from "../../reading/scalars.ts";

const fractions: Reader<MemoryStateFractions> = refined(
  object({
    high: optional(
      ratio,
      "Reclamation aims at this fraction of free frames. If given, a state is left for the next higher one only when free " +
        "memory exceeds the mark of that one by the margin, as ESX does. Default: none, a state is left above its own mark.",
    ),
    clear: optional(ratio, "Below this one the state is clear, as in vSphere 6. Default: there is no such state."),
    soft: defaulted(ratio, "Below this fraction of free frames the state is soft. Default: 0.04 (published: ESX 2).", 0.04),
    hard: defaulted(ratio, "Below this one it is hard. Default: 0.02 (published: ESX 2).", 0.02),
    low: defaulted(ratio, "Below this one it is low. Default: 0.01 (published: ESX 2).", 0.01),
  }),
  ({ high, clear, soft, hard, low }, place) => {
    const falling = [high, clear, soft, hard, low].filter((mark) => mark !== undefined);
    const states = { ...(high === undefined ? {} : { high }), ...(clear === undefined ? {} : { clear }), soft, hard, low };
    if (falling.every((mark, index) => index === 0 || mark <= falling[index - 1])) return states;
    const names = Object.keys(states).slice(0, -1).join(" over ");
    place.report(`must fall from ${names} to low, not ${falling.join(", ")}`);
    return undefined;
  },
);

export const memoryStatesForm: Reader<MemoryStatePreset | MemoryStateFractions> = byType<MemoryStatePreset | MemoryStateFractions>(
  { string: choice(MEMORY_STATE_PRESETS), object: fractions },
  `${MEMORY_STATE_PRESETS.map((name) => `"${name}"`).join(", ")}, or an object with soft, hard and low`,
);
