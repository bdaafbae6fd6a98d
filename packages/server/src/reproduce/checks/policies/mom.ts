import { PAGE_BYTES } from "@ballast/core/units";
import { defineCheck } from "../../check.ts";
import { exactly, within } from "../../expectation.ts";
import { allowedPages, balloonOf, consultPolicy, defaultPeriodS, type StatedVm } from "../../lab/consult-policy.ts";
import type { Laboratory } from "../../lab/laboratory.ts";

const PAGE_KIB = PAGE_BYTES / 1024;

type MomCase = { readonly hostFree: number; readonly currentKb: number; readonly unusedKb: number };
const MOM_MAXIMUM_KB = 4_194_304;
const MOM_MINIMUM_KB = 1_048_576;

/** What MOM decides for a guest that has looked the same all the time, in kB. */
function momTargetKb({ policy }: Laboratory, { hostFree, currentKb, unusedKb }: MomCase): number {
  const [configuredPages, totalPages, freePages] = [MOM_MAXIMUM_KB, currentKb, unusedKb].map((kb) => kb / PAGE_KIB) as [
    number,
    number,
    number,
  ];
  const faults = { majorFaults: 0, minorFaults: 0, pageOuts: 0, pageIns: 0 };
  const vm: StatedVm = {
    configuredPages,
    reservationPages: MOM_MINIMUM_KB / PAGE_KIB,
    residentPages: totalPages,
    guest: { totalPages, freePages, availablePages: freePages, ...faults },
    balloon: balloonOf(configuredPages - totalPages, configuredPages),
  };
  const host = { framePages: 4_000_000, freePages: hostFree * 4_000_000 };
  const [decisions] = consultPolicy(policy("mom"), {}, [{ host, vms: [vm] }]);
  return allowedPages(decisions, vm, 1) * PAGE_KIB;
}

export const mom = defineCheck({
  id: "policies.mom",
  title: "oVirt's MOM: a guest grows to what it uses and a part of what it has, and shrinks by 5 % at most",
  source: "oVirt/vdsm, static/etc/vdsm/mom.d/02-balloon.policy",
  confidence: "published",
  method: "A guest of 1 to 4 GiB. Targets are whole pages of 4 KiB, rounded down.",
  isQuick: true,
  figures: {
    period: { unit: "s", expected: exactly(15) },
    "half of the host free, 512 MiB of 2 GiB unused": { unit: "kB", expected: within(2_621_440, PAGE_KIB) },
    "15 % of the host free, 2 GiB of 4 GiB unused": { unit: "kB", expected: within(3_984_588.8, PAGE_KIB) },
  },
  run: async (laboratory) => ({
    figures: {
      period: defaultPeriodS(laboratory.policy("mom")),
      "half of the host free, 512 MiB of 2 GiB unused": momTargetKb(laboratory, {
        hostFree: 0.5,
        currentKb: 2_097_152,
        unusedKb: 524_288,
      }),
      "15 % of the host free, 2 GiB of 4 GiB unused": momTargetKb(laboratory, {
        hostFree: 0.15,
        currentKb: 4_194_304,
        unusedKb: 2_097_152,
      }),
    },
  }),
});
