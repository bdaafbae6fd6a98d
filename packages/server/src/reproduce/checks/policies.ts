import type { Decision } from "@ballast/core/policy";
import { NS_PER_S, PAGE_BYTES } from "@ballast/core/units";
import { type Check, defineCheck, type FigureSpec } from "../check.ts";
import { exactly, within } from "../expectation.ts";
import { consultPolicy, defaultPeriodS, type StatedObservation, type StatedVm, targetOf } from "../lab/consult-policy.ts";
import type { Laboratory } from "../lab/laboratory.ts";

const PAGE_KIB = PAGE_BYTES / 1024;

/** What a decided target leaves a VM; NaN if nothing was decided for it. */
function allowedPages(decisions: readonly Decision[] | undefined, vm: StatedVm, number: number): number {
  const target = targetOf(decisions ?? [], number);
  return target === undefined ? Number.NaN : vm.configuredPages - target.pages;
}

function balloonOf(pages: number, configuredPages: number): NonNullable<StatedVm["balloon"]> {
  return { targetPages: pages, sizePages: pages, capPages: configuredPages };
}

const DOMAIN = { min: 1_048_576 / PAGE_KIB, max: 2_097_152 / PAGE_KIB, actual: 1_572_864 / PAGE_KIB };

const squeezed = defineCheck({
  id: "policies.squeezed",
  title: "XenServer: three domains of 1 to 2 GiB at 1.5 GiB, 500,000 KiB free, get 1,736,450 KiB each",
  source: "xapi-project/xen-api, ocaml/squeezed, Squeeze.Proportional; host target 9,216 KiB, inaccuracy 4 KiB",
  confidence: "published",
  method: "Targets are whole pages of 4 KiB, rounded down.",
  isQuick: true,
  figures: { "target of each domain": { unit: "KiB", expected: within(1_736_450, PAGE_KIB) } },
  run: async ({ policy }) => {
    const vm: StatedVm = {
      configuredPages: DOMAIN.max,
      limitPages: DOMAIN.max,
      reservationPages: DOMAIN.min,
      residentPages: DOMAIN.actual,
      balloon: balloonOf(DOMAIN.max - DOMAIN.actual, DOMAIN.max),
    };
    const freePages = 500_000 / PAGE_KIB;
    const host = { framePages: 3 * DOMAIN.actual + freePages, freePages };
    const [decisions] = consultPolicy(policy("squeezed"), {}, [{ host, vms: [vm, vm, vm] }]);
    return { figures: { "target of each domain": [1, 2, 3].map((number) => allowedPages(decisions, vm, number) * PAGE_KIB) } };
  },
});

const SELF_BALLOONED = 80_000;

const selfBalloon = defineCheck({
  id: "policies.self-balloon",
  title: "Xen self-ballooning: every 5 s an eighth of the way down to what is committed, all the way up",
  source: "Linux, drivers/xen/xen-selfballoon.c: interval 5 s, hysteresis 8 down and 1 up",
  confidence: "published",
  method: `A guest of ${SELF_BALLOONED} pages that has committed 16,000, then 70,000; without the kernel's reserve and the floor.`,
  isQuick: true,
  figures: {
    period: { unit: "s", expected: exactly(5) },
    "after one period": { unit: "pages", expected: exactly(72_000) },
    "after two periods": { unit: "pages", expected: exactly(65_000) },
    "after committing 70,000": { unit: "pages", expected: exactly(70_000) },
  },
  run: async ({ policy }) => {
    const parameters = { guestReserveFraction: 0, minimumUsablePages: 1 };
    const see = (allowed: number, committedPages: number): StatedObservation => {
      const vm = { configuredPages: SELF_BALLOONED, residentPages: allowed, committedPages, balloon: balloonOf(SELF_BALLOONED - allowed, SELF_BALLOONED) };
      return { host: { framePages: 200_000, freePages: 100_000 }, vms: [vm] };
    };
    const steps = [see(80_000, 16_000), see(72_000, 16_000), see(20_000, 70_000)];
    const decided = consultPolicy(policy("self-balloon"), parameters, steps);
    const [first = 0, second = 0, third = 0] = decided.map((decisions) => allowedPages(decisions, { configuredPages: SELF_BALLOONED }, 1));
    return { figures: { period: defaultPeriodS(policy("self-balloon")), "after one period": first, "after two periods": second, "after committing 70,000": third } };
  },
});

const MB = 1_000_000;

/** Proxmox's example: two VMs of 2 GB at their minima of 1 GB, shares 2000 and 1000. */
function proxmoxVm(shares: number, sizePages: number): StatedVm {
  const configuredPages = Math.ceil((2000 * MB) / PAGE_BYTES);
  const reservationPages = Math.ceil((1000 * MB) / PAGE_BYTES);
  const faults = { majorFaults: 0, minorFaults: 0, pageOuts: 0, pageIns: 0 };
  const guest = { totalPages: sizePages, freePages: 0, availablePages: 0, ...faults };
  const balloon = balloonOf(configuredPages - sizePages, configuredPages);
  return { shares, configuredPages, reservationPages, residentPages: sizePages, guest, balloon };
}

/** Sizes in MB after so many rounds, if every driver gets to its target; the goal is what the host has to give at first. */
function proxmoxSizesMb({ policy }: Laboratory, goalMb: number, rounds: number): [number, number] {
  const framePages = 1_000_000;
  let pages = [1000, 1000].map((mb) => Math.ceil((mb * MB) / PAGE_BYTES));
  const givenAtFirst = sum(pages);
  for (let round = 0; round < rounds; round++) {
    const usedPages = 0.8 * framePages - (goalMb * MB) / PAGE_BYTES + sum(pages) - givenAtFirst;
    const vms = [proxmoxVm(2000, pages[0] ?? 0), proxmoxVm(1000, pages[1] ?? 0)];
    const host = { framePages, freePages: Math.round(framePages - usedPages) };
    const [decisions] = consultPolicy(policy("proxmox"), { mostChangeMib: (100 * MB) / 2 ** 20 }, [{ host, vms }]);
    pages = vms.map((vm, index) => {
      const size = allowedPages(decisions, vm, index + 1);
      return Number.isNaN(size) ? (pages[index] ?? 0) : size;
    });
  }
  const [first = 0, second = 0] = pages.map((count) => (count * PAGE_BYTES) / MB);
  return [first, second];
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

const mb = (value: number): FigureSpec => ({ unit: "MB", expected: within(value, 0.1) });

const proxmox = defineCheck({
  id: "policies.proxmox",
  title: "Proxmox: two VMs of 2 GB at their minima of 1 GB, shares 2000 and 1000, grow by the host's goal",
  source: "proxmox/pve-manager, PVE/AutoBalloon.pm and test/balloontest.pl",
  confidence: "published",
  method: "The goal is 80 % of the host less what is used. As in Proxmox's own test, 100 MB are the most in a round, for 100 MiB. Sizes are whole pages here, bytes there.",
  isQuick: true,
  figures: {
    period: { unit: "s", expected: exactly(10) },
    "goal 90 MB: VM 1": mb(1060),
    "goal 90 MB: VM 2": mb(1030),
    "goal 150 MB: VM 1": mb(1100),
    "goal 150 MB: VM 2": mb(1050),
    "goal 270 MB: VM 1": mb(1100),
    "goal 270 MB: VM 2": mb(1090),
    "goal 180 MB, repeated: VM 1": mb(1120),
    "goal 180 MB, repeated: VM 2": mb(1060),
    "goal 10 MiB, ignored: VM 1": mb(1000),
  },
  run: async (laboratory) => {
    const at = (goalMb: number, rounds = 1): [number, number] => proxmoxSizesMb(laboratory, goalMb, rounds);
    const [[a1, a2], [b1, b2], [c1, c2], [d1, d2]] = [at(90), at(150), at(270), at(180, 5)];
    return {
      figures: {
        period: defaultPeriodS(laboratory.policy("proxmox")),
        "goal 90 MB: VM 1": a1,
        "goal 90 MB: VM 2": a2,
        "goal 150 MB: VM 1": b1,
        "goal 150 MB: VM 2": b2,
        "goal 270 MB: VM 1": c1,
        "goal 270 MB: VM 2": c2,
        "goal 180 MB, repeated: VM 1": d1,
        "goal 180 MB, repeated: VM 2": d2,
        "goal 10 MiB, ignored: VM 1": at(10)[0],
      },
    };
  },
});

const hyperV = defineCheck({
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

export const policyChecks: readonly Check[] = [proxmox, squeezed, selfBalloon, hyperV];
