import type { Upcaster } from "./upcaster.ts";

/** PolicyDecided, PolicyFigureSeen, DecisionClamped. */
const OF_A_DECISION: ReadonlySet<number> = new Set([91, 92, 93]);

/**
 * Version 2 names the decision that an event goes back to in a column of its own. Version 1 told it of the decision's own events
 * alone, in their column `c`; what its other events go back to stays unknown (0).
 */
export const fromVersion1: Upcaster = ({ length, types, c, decisions }) => {
  for (let i = 0; i < length; i++) if (OF_A_DECISION.has(types[i])) decisions[i] = c[i];
};
