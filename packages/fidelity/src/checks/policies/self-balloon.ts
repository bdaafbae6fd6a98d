import { defineCheck } from "../../check.ts";
import { exactly } from "../../expectation.ts";
import { allowedPages, balloonOf, consultPolicy, defaultPeriodS, type StatedObservation } from "../../lab/consult-policy.ts";

const SELF_BALLOONED = 80_000;

export const selfBalloon = defineCheck({
  id: "policies.self-balloon",
  title: "Xen self-ballooning: every 5 s an eighth of the way down to what is committed, all the way up",
  source: "Linux, drivers/xen/xen-selfballoon.c: interval 5 s, hysteresis 8 down and 1 up",
  confidence: "published",
  method: `A guest of ${SELF_BALLOONED} pages that has committed 16,000, then 70,000; without the kernel's reserve and the floor.`,
  isQuick: true,
  figures: {
    period: { unit: "s", expected: exactly(5), noProof: "configuration" },
    "after one period": { unit: "pages", expected: exactly(72_000) },
    "after two periods": { unit: "pages", expected: exactly(65_000) },
    "after committing 70,000": { unit: "pages", expected: exactly(70_000) },
  },
  run: async ({ policy }) => {
    const parameters = { guestReserveFraction: 0, minimumUsablePages: 1 };
    const see = (allowed: number, committedPages: number): StatedObservation => {
      const vm = {
        configuredPages: SELF_BALLOONED,
        residentPages: allowed,
        committedPages,
        balloon: balloonOf(SELF_BALLOONED - allowed, SELF_BALLOONED),
      };
      return { host: { framePages: 200_000, freePages: 100_000 }, vms: [vm] };
    };
    const steps = [see(80_000, 16_000), see(72_000, 16_000), see(20_000, 70_000)];
    const decided = consultPolicy(policy("self-balloon"), parameters, steps);
    const [first = 0, second = 0, third = 0] = decided.map((decisions) => allowedPages(decisions, { configuredPages: SELF_BALLOONED }, 1));
    return {
      figures: {
        period: defaultPeriodS(policy("self-balloon")),
        "after one period": first,
        "after two periods": second,
        "after committing 70,000": third,
      },
    };
  },
});
