import { EventCode, type EventName } from "../../events/index.ts";
import type { CauseRule } from "./cause-rule.ts";
import { GUEST_RULES } from "./rules/guest.ts";
import { HOST_RULES } from "./rules/host.ts";
import { RUN_RULES } from "./rules/run.ts";

/** Which earlier event an event of each type comes from. They follow the order in which the kernel records what it does. */
const RULES = { ...GUEST_RULES, ...HOST_RULES, ...RUN_RULES } satisfies Readonly<Record<EventName, CauseRule>>;

/** By the codes of the event types. */
export const RULES_BY_CODE: readonly (CauseRule | undefined)[] = rulesByCode();

function rulesByCode(): (CauseRule | undefined)[] {
  const rules: (CauseRule | undefined)[] = [];
  for (const name of Object.keys(RULES) as EventName[]) rules[EventCode[name]] = RULES[name];
  return rules;
}
