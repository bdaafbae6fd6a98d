import { NS_PER_S } from "@ballast/core/units";
import { defineCheck } from "../../check.ts";
import { exactly, within } from "../../expectation.ts";
import { allowedPages, balloonOf, consultPolicy, type StatedObservation, targetOf } from "../../lab/consult-policy.ts";

export const hyperV = defineCheck({
  id: "policies.hyper-v",
  title: "Hyper-V: a VM is given its demand and a buffer of 20 %, so that its pressure at rest is 83.3",
  source: "Microsoft, Hyper-V Dynamic Memory: buffer 20 %; pressure is 100 times demand by what is assigned",
  confidence: "derived",
  method: "A VM that demands 500 of 1,000 pages; once it has what it is given it demands 510.",
  isQuick: true,
  figures: {
    assigned: { unit: "pages", expected: exactly(600) },
    "pressure at rest": { unit: "%", expected: within(83.3, 0.1) },
    "pressure with 510 demanded": { unit: "%", expected: exactly(85) },
  },
  run: async ({ policy }) => {
    const parameters = { startupMs: 0, reserveFraction: 0, minimumFraction: 0.1 };
    const see = (committedPages: number, targetPages: number, timeNs: number): StatedObservation => ({
      timeNs,
      host: { framePages: 4000, freePages: 3000 },
      vms: [{ configuredPages: 1000, residentPages: 1000 - targetPages, committedPages, balloon: balloonOf(targetPages, 1000) }],
    });
    const [first] = consultPolicy(policy("hyper-v"), parameters, [see(500, 0, 0)]);
    const assigned = allowedPages(first, { configuredPages: 1000 }, 1);
    const [, later = []] = consultPolicy(policy("hyper-v"), parameters, [see(500, 0, 0), see(510, 1000 - assigned, NS_PER_S)]);
    const pressure = targetOf(later, 1)?.figures?.["pressurePercent"] ?? Number.NaN;
    return {
      figures: { assigned, "pressure at rest": (100 * 500) / assigned, "pressure with 510 demanded": pressure },
    };
  },
});
