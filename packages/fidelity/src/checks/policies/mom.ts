import { PAGE_BYTES } from "@ballast/core/units";
import { defineCheck } from "../../check.ts";
import { exactly, within } from "../../expectation.ts";
import { allowedPages, balloonOf, consultPolicy, defaultPeriodS, type StatedObservation, type StatedVm } from "../../lab/consult-policy.ts";
import type { TestBench } from "../../lab/test-bench.ts";

const PAGE_KIB = PAGE_BYTES / 1024;

type MomCase = { readonly hostFree: number; readonly currentKb: number; readonly unusedKb: number };
/** Ten samples are averaged (published: sample-history-length). */
const WINDOW = 10;
const MOM_MAXIMUM_KB = 4_194_304;
const MOM_MINIMUM_KB = 1_048_576;

/** What MOM decides for a guest that has looked the same all the time, in kB. */
function momTargetKb(testBench: TestBench, momCase: MomCase): number {
  return momTargetsKb(testBench, [momCase])[0] ?? Number.NaN;
}

/** What it decides at each of its looks at a guest. */
function momTargetsKb({ policy }: TestBench, looks: readonly MomCase[]): number[] {
  const observations = looks.map(seeGuest);
  return consultPolicy(policy("mom"), {}, observations).map((decisions, look) => {
    const [vm] = observations[look]?.vms ?? [];
    return vm === undefined ? Number.NaN : allowedPages(decisions, vm, 1) * PAGE_KIB;
  });
}

function seeGuest({ hostFree, currentKb, unusedKb }: MomCase): StatedObservation {
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
  return { host: { framePages: 4_000_000, freePages: hostFree * 4_000_000 }, vms: [vm] };
}

/** Half of the host is free: a guest is to have what it uses, on average, and half of what it has. */
function lookAgain(testBench: TestBench) {
  const look = (unusedKb: number): MomCase => ({ hostFree: 0.5, currentKb: 2_097_152, unusedKb });
  const targets = momTargetsKb(testBench, [look(1_048_576), ...Array.from({ length: WINDOW }, () => look(524_288))]);
  return {
    "1 GiB unused at first, 512 MiB at the nine looks after": targets[WINDOW - 1] ?? Number.NaN,
    "and once more, when the first look is forgotten": targets[WINDOW] ?? Number.NaN,
  };
}

export const mom = defineCheck({
  id: "policies.mom",
  title: "oVirt's MOM: a guest grows to what it uses and a part of what it has, and shrinks by 5 % at most",
  source: "oVirt/vdsm, static/etc/vdsm/mom.d/02-balloon.policy",
  confidence: "published",
  method: "A guest of 1 to 4 GiB. Targets are whole pages of 4 KiB, rounded down.",
  isQuick: true,
  figures: {
    period: { unit: "s", expected: exactly(15), noProof: "configuration" },
    "half of the host free, 512 MiB of 2 GiB unused": { unit: "kB", expected: within(2_621_440, PAGE_KIB) },
    "15 % of the host free, 2 GiB of 4 GiB unused": { unit: "kB", expected: within(3_984_588.8, PAGE_KIB) },
    "1 GiB unused at first, 512 MiB at the nine looks after": { unit: "kB", expected: within(2_569_011.2, PAGE_KIB) },
    "and once more, when the first look is forgotten": { unit: "kB", expected: within(2_621_440, PAGE_KIB) },
  },
  run: async (testBench) => ({
    figures: {
      ...lookAgain(testBench),
      period: defaultPeriodS(testBench.policy("mom")),
      "half of the host free, 512 MiB of 2 GiB unused": momTargetKb(testBench, {
        hostFree: 0.5,
        currentKb: 2_097_152,
        unusedKb: 524_288,
      }),
      "15 % of the host free, 2 GiB of 4 GiB unused": momTargetKb(testBench, {
        hostFree: 0.15,
        currentKb: 4_194_304,
        unusedKb: 2_097_152,
      }),
    },
  }),
});
