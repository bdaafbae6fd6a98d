import { PAGE_BYTES } from "@ballast/core/units";
import { defineCheck, type FigureSpec } from "../../check.ts";
import { exactly, within } from "../../expectation.ts";
import { allowedPages, balloonOf, consultPolicy, defaultPeriodS, type StatedVm } from "../../lab/consult-policy.ts";
import type { TestBench } from "../../lab/test-bench.ts";

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

/** Proxmox's own test has 100 MB for 100 MiB. */
const AS_TESTED = { maxChangeMib: (100 * MB) / 2 ** 20 };

/** Sizes in MB after a number of rounds, if every driver reaches its target; the goal is what the host has to give at first. */
function proxmoxSizesMb({ policy }: TestBench, goalMb: number, rounds: number, parameters: object = AS_TESTED): [number, number] {
  const framePages = 1_000_000;
  let pages = [1000, 1000].map((mb) => Math.ceil((mb * MB) / PAGE_BYTES));
  const givenAtFirst = sum(pages);
  for (let round = 0; round < rounds; round++) {
    const usedPages = 0.8 * framePages - (goalMb * MB) / PAGE_BYTES + sum(pages) - givenAtFirst;
    const vms = [proxmoxVm(2000, pages[0] ?? 0), proxmoxVm(1000, pages[1] ?? 0)];
    const host = { framePages, freePages: Math.round(framePages - usedPages) };
    const [decisions] = consultPolicy(policy("proxmox"), { ...parameters }, [{ host, vms }]);
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

export const proxmox = defineCheck({
  id: "policies.proxmox",
  title: "Proxmox: two VMs of 2 GB at their minima of 1 GB, shares 2000 and 1000, grow by the host's goal",
  source: "proxmox/pve-manager, PVE/AutoBalloon.pm and test/balloontest.pl",
  confidence: "published",
  method:
    "The goal is 80 % of the host less what is used. As in Proxmox's own test, 100 MB are the most in a round, for 100 MiB. Sizes are whole pages here, bytes there.",
  isQuick: true,
  figures: {
    period: { unit: "s", expected: exactly(10), noProof: "configuration" },
    "goal 90 MB: VM 1": mb(1060),
    "goal 90 MB: VM 2": mb(1030),
    "goal 150 MB: VM 1": mb(1100),
    "goal 150 MB: VM 2": mb(1050),
    "goal 270 MB: VM 1": mb(1100),
    "goal 270 MB: VM 2": mb(1090),
    "goal 180 MB, repeated: VM 1": mb(1120),
    "goal 180 MB, repeated: VM 2": mb(1060),
    "goal 10 MiB, ignored: VM 1": mb(1000),
    "goal 12 MB, not ignored: VM 1": mb(1000 + (2 / 3) * 12),
    "goal 600 MB, the most in a round by default: VM 1": mb(1000 + (100 * 2 ** 20) / MB),
  },
  run: async (testBench) => {
    const at = (goalMb: number, rounds = 1): [number, number] => proxmoxSizesMb(testBench, goalMb, rounds);
    const [[a1, a2], [b1, b2], [c1, c2], [d1, d2]] = [at(90), at(150), at(270), at(180, 5)];
    return {
      figures: {
        period: defaultPeriodS(testBench.policy("proxmox")),
        "goal 90 MB: VM 1": a1,
        "goal 90 MB: VM 2": a2,
        "goal 150 MB: VM 1": b1,
        "goal 150 MB: VM 2": b2,
        "goal 270 MB: VM 1": c1,
        "goal 270 MB: VM 2": c2,
        "goal 180 MB, repeated: VM 1": d1,
        "goal 180 MB, repeated: VM 2": d2,
        "goal 10 MiB, ignored: VM 1": at(10)[0],
        "goal 12 MB, not ignored: VM 1": at(12)[0],
        "goal 600 MB, the most in a round by default: VM 1": proxmoxSizesMb(testBench, 600, 1, {})[0],
      },
    };
  },
});
