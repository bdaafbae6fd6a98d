import { UnmapCause } from "../../events/index.ts";
import { byNumber, valueOf } from "../../events/index.ts";
import { type Causes, causes, type EventAt, from, nearest, numberOf, type Key } from "./cause-rule.ts";

/** The guest fault of this VM that was under way. */
const guestFault = from("PageMissed", ["vm"], "A process needed a real page when the guest had none free.");

export const targetLearned = from("BalloonTargetLearned", ["vm"], "The balloon driver was going towards this target.", { reach: "run" });

const BY_CAUSE = byNumber(UnmapCause, {
  Replacement: guestFault,
  Balloon: targetLearned,
  Background: from("BackgroundReclaimStarted", ["vm"], "The guest was giving pages up in the background.", { reach: "run" }),
  Exit: from("ProcessFinished", ["vm", "process"], "The process had exited."),
});

/** Why a guest took a page from its process, by the event that says so. */
export function evictionCauses(unmapped: EventAt): Causes {
  return causes([valueOf(BY_CAUSE, numberOf(unmapped, "cause"), "the cause of an unmapping")]);
}

/** Of what comes before a page is unmapped, in the same operation: that comes to nothing if the VM is switched off in between. */
export function evictionUnderWay(event: EventAt, same: readonly Key[]): Causes {
  const unmapped = nearest(event, 1, ["PageUnmapped"], same);
  return unmapped === undefined ? causes([]) : evictionCauses(unmapped);
}
