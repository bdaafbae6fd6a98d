import { EventCode, TargetCause, TrapCause, HostFaultNeed, byNumber, type EventsOf, valueOf } from "../../../events/index.ts";
import { NO_PAGE } from "../../../ids/index.ts";
import { type Causes, causes, type CauseRule, decided, type EventAt, from, isA, nearest, neighbour, numberOf } from "../cause-rule.ts";
import { command, realPageTouchedByCommand, touchedByCommand } from "../commands.ts";
import { evictionCauses, evictionUnderWay, targetLearned } from "../evictions.ts";

const ACCESS = "A process made an access.";
const SCRIPT_TOUCH = "The scenario's script touched the real page.";
const SAME_PAGE = ["vm", "process", "virtualPage", "realPage"];

const fault = from("PageMissed", ["vm", "process"], "The guest fault needed it.");
const balloonPoll = causes([targetLearned]);

const mapping: Readonly<Record<keyof EventsOf<"mapping">, CauseRule>> = {
  PageHit: causes([touchedByCommand], ACCESS),
  PageMissed: causes([touchedByCommand], ACCESS),
  PageMapped: causes([
    from("PageMissed", ["vm", "process", "virtualPage"], "The guest fault needed a real page for the virtual page."),
    from("PageMissed", ["vm", "process"], "The request for the missing page read this one ahead.", {
      where: (mapped, missed) => numberOf(mapped, "virtualPage") !== numberOf(missed, "virtualPage"),
    }),
  ]),
  PageUnmapped: (unmapped) => evictionCauses(unmapped),
};

const guestPaging: Readonly<Record<keyof EventsOf<"guest-paging">, CauseRule>> = {
  PagePagedOut: (event) => evictionUnderWay(event, SAME_PAGE),
  PageDropped: (event) => evictionUnderWay(event, SAME_PAGE),
  PagePagedIn: causes([fault]),
  FileOpened: causes([from("VmStarted", ["vm"], "The VM was switched on.")]),
  FileReadAhead: causes([fault]),
  BackgroundReclaimStarted: causes(
    [from(["PageMapped", "BalloonPagePinned"], ["vm"], "It took one of the guest's last free pages.")],
    "The guest had fewer free pages than its low mark.",
  ),
  BackgroundReclaimEnded: causes([from("BackgroundReclaimStarted", ["vm"], "The reclaim that ends began here.", { reach: "run" })]),
  DirectlyReclaimed: causes([fault]),
  RefaultActivated: causes([from("PageMapped", SAME_PAGE, "The page came back.")]),
  GuestOutOfMemory: causes([fault]),
};

const outOfPages = causes([from("PageMissed", ["vm"], "The guest had no page left for this fault, so its balloon gave some back.")]);

/** The event that ends the giving back says what it was for. */
function deflated(event: EventAt): Causes {
  const end = nearest(event, 1, ["BalloonDeflated", "BalloonDeflatedOnOom"], ["vm"]);
  return end !== undefined && isA(end, "BalloonDeflatedOnOom") ? outOfPages : balloonPoll;
}

const balloon: Readonly<Record<keyof EventsOf<"balloon">, CauseRule>> = {
  BalloonTargetSet: (event) =>
    numberOf(event, "cause") === TargetCause.Policy
      ? causes([decided("The policy decided on the target.")])
      : causes(
          [command("SetBalloonTarget", "A command set the target.", { same: { vm: "vm", pages: "targetPages" } })],
          "The scenario's script set the target.",
        ),
  BalloonTargetLearned: causes([from("BalloonTargetSet", ["vm"], "The hypervisor had set the target.", { reach: "run" })]),
  BalloonPagePinned: balloonPoll,
  BalloonPageUnpinned: deflated,
  BalloonPopped: causes([realPageTouchedByCommand], SCRIPT_TOUCH),
  BalloonInflated: balloonPoll,
  BalloonDeflated: balloonPoll,
  BalloonAllocationRefused: balloonPoll,
  BalloonDeflatedOnOom: outOfPages,
  FreePagesReported: causes([
    from("Trapped", ["vm"], "The guest called the hypervisor.", {
      where: (_, trap) => numberOf(trap, "cause") === TrapCause.FreePageReport,
    }),
  ]),
};

/** The guest has just mapped the page and fills it: nothing else happens between the two but these. */
const filled = from("PageMapped", SAME_PAGE, "The guest mapped the page and overwrites it.");
const FILLING: ReadonlySet<number> = new Set([EventCode.RefaultActivated, EventCode.Trapped]);
const untilFilled = (_: EventAt, { batch, index }: EventAt): boolean => !FILLING.has(batch.types[index]);

const byAccess = (trap: EventAt, otherwise: string): Causes =>
  numberOf(trap, "process") === 0
    ? causes([realPageTouchedByCommand], SCRIPT_TOUCH)
    : { links: [filled, touchedByCommand], until: untilFilled, otherwise };

const TRAPS = byNumber<keyof typeof TrapCause, CauseRule>(TrapCause, {
  PageTableUpdate: causes([
    from(["PageMapped", "PageUnmapped"], SAME_PAGE, "The guest changed the page-table entry, which traps with shadow page tables."),
  ]),
  MissingRealMapEntry: missingEntry,
  BalloonCall: balloonCall,
  SampledPage: (trap) => byAccess(trap, "A process touched a page whose next touch the hypervisor samples."),
  StoreToSharedPage: (trap) => byAccess(trap, "A process stored to a page whose frame is shared."),
  FreePageReport: causes(
    [decided("The policy had the guest report its free pages.")],
    "Pages had been free for as long as the guest waits before it reports them.",
  ),
});

/** The host fault that follows says whether an access needed the page; a fault of the guest's own paging does not come from one. */
function missingEntry(trap: EventAt): Causes {
  if (numberOf(trap, "process") === 0) return touchOfRealPage();
  const need = nearest(trap, 1, ["HostFaulted"], ["vm", "realPage"]);
  if (need !== undefined && numberOf(need, "neededBy") === HostFaultNeed.Access)
    return causes([touchedByCommand], "A process accessed a page whose real page has no frame.");
  if (isBehindMapping(trap)) return { links: [filled], until: untilFilled, otherwise: null };
  if (isCutShort(trap))
    return causes([touchedByCommand], "The VM needed a page whose real page has no frame, and was ended before one was found.");
  return evictionUnderWay(trap, SAME_PAGE);
}

/** The VM was ended while its guest gave up the page, which therefore never was unmapped. */
function isCutShort(trap: EventAt): boolean {
  if (nearest(trap, 1, ["PageUnmapped"], SAME_PAGE) !== undefined) return false;
  return nearest(trap, 1, ["VmTerminated"], ["vm"]) !== undefined;
}

function isBehindMapping(trap: EventAt): boolean {
  const mapped = neighbour(trap, -1, "PageMapped") ?? neighbour(trap, -2, "PageMapped");
  return mapped !== undefined && SAME_PAGE.every((key) => numberOf(mapped, key) === numberOf(trap, key));
}

function touchOfRealPage(): Causes {
  const popped = from("BalloonPopped", ["vm", "realPage"], "The page had left the balloon.", { reach: 1 });
  const booted = from("KernelPagesPinned", ["vm"], "The guest's kernel touches its pages when it boots.", {
    where: (trap, pinned) => numberOf(trap, "realPage") < numberOf(pinned, "endRealPage"),
  });
  return causes([popped, realPageTouchedByCommand, booted], SCRIPT_TOUCH);
}

/** Drivers call about pages that they have pinned, before they unpin some, or to ask for their target. */
function balloonCall(trap: EventAt): Causes {
  const pinned = neighbour(trap, -1, "BalloonPagePinned");
  if (pinned !== undefined && numberOf(pinned, "vm") === numberOf(trap, "vm"))
    return causes([from("BalloonPagePinned", ["vm"], "The driver hands the page over.", { reach: 1 })]);
  if (neighbour(trap, 1, "BalloonPageUnpinned") !== undefined) return deflated(trap);
  const otherwise = numberOf(trap, "realPage") === NO_PAGE ? "The balloon driver asks for its target at its period." : null;
  return causes([], otherwise);
}

const trap: Readonly<Record<keyof EventsOf<"trap">, CauseRule>> = {
  Trapped: (event, text) => {
    const rule = valueOf(TRAPS, numberOf(event, "cause"), "the cause of a trap");
    return typeof rule === "function" ? rule(event, text) : rule;
  },
};

/** Of what guests do. */
export const GUEST_RULES = { ...mapping, ...guestPaging, ...balloon, ...trap };
