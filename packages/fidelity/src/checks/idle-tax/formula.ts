import { PAGE_BYTES } from "@ballast/core/units";
import { defineCheck, type FigureSpec } from "../../check.ts";
import { within } from "../../expectation.ts";
import { allowedPages, balloonOf, consultPolicy, type StatedVm } from "../../lab/consult-policy.ts";
import type { TestBench } from "../../lab/test-bench.ts";

const PAGES_PER_MIB = 2 ** 20 / PAGE_BYTES;
const VM_MIB = 256;
const SHARED_MIB = 358;

type Division = readonly [idle: number, busy: number];

/** A VM that holds so much, of which so much is active. */
function vmOf(heldMib: number, activeMib: number): StatedVm {
  const [configuredPages, residentPages] = [VM_MIB * PAGES_PER_MIB, Math.round(heldMib * PAGES_PER_MIB)];
  const balloon = balloonOf(configuredPages - residentPages, configuredPages);
  return { configuredPages, residentPages, shares: 1000, activeFraction: activeMib / VM_MIB, balloon };
}

/** What the idle and the busy VM are left with, in MiB, if they held so much before. */
function divideOnce({ policy }: TestBench, taxRate: number, activeMib: number, held: Division): Division {
  const vms = [vmOf(held[0], activeMib), vmOf(held[1], VM_MIB)];
  const marks = { highPages: 0, softPages: 0, hardPages: 0, lowPages: 0 };
  const host = { framePages: SHARED_MIB * PAGES_PER_MIB, freePages: 0, memoryState: "soft", marks } as const;
  const [decisions] = consultPolicy(policy("esx"), { taxRate, minChangeFraction: 0 }, [{ host, vms }]);
  const [idle = Number.NaN, busy = Number.NaN] = vms.map((vm, index) => {
    const pages = allowedPages(decisions, vm, index + 1);
    return (Number.isNaN(pages) ? (vm.residentPages ?? Number.NaN) : pages) / PAGES_PER_MIB;
  });
  return [idle, busy];
}

/** Where it ends if the policy is asked again and again: each VM holds what it was left, the busy one uses all of it. */
function divide(testBench: TestBench, taxRate: number, activeMib: number): Division {
  let division: Division = [SHARED_MIB / 2, SHARED_MIB / 2];
  for (let round = 0; round < ROUNDS; round++) division = divideOnce(testBench, taxRate, activeMib, division);
  return division;
}

const ROUNDS = 50;

const mb = (value: number): FigureSpec => ({ unit: "MB", expected: within(value, 0.1) });

export const idleTaxFormula = defineCheck({
  id: "idle-tax.formula",
  title: "How 358 MB are divided between an idle and a busy VM of 256 MB with equal shares, by tax rate",
  source: "derived: S / (P (f + k (1 - f))) is equal for both; the formula: C. A. Waldspurger, OSDI 2002, section 5.1",
  confidence: "derived",
  method:
    "The busy VM is fully active; the idle one has 10 MB active, in the last case 20 MB. The policy `esx` is asked again, with what it has decided, until nothing changes.",
  isQuick: true,
  figures: {
    "tax rate 0: idle": mb(179),
    "tax rate 0: busy": mb(179),
    "tax rate 0.5: idle": mb(122.7),
    "tax rate 0.5: busy": mb(235.3),
    "tax rate 0.75: idle": mb(102),
    "tax rate 0.75: busy": mb(256),
    "tax rate 0.25, 20 MB active: idle": mb(156.3),
    "tax rate 0.25, 20 MB active: busy": mb(201.7),
  },
  run: async (testBench) => {
    const none = divide(testBench, 0, 10);
    const half = divide(testBench, 0.5, 10);
    const max = divide(testBench, 0.75, 10);
    const quarter = divide(testBench, 0.25, 20);
    return {
      figures: {
        "tax rate 0: idle": none[0],
        "tax rate 0: busy": none[1],
        "tax rate 0.5: idle": half[0],
        "tax rate 0.5: busy": half[1],
        "tax rate 0.75: idle": max[0],
        "tax rate 0.75: busy": max[1],
        "tax rate 0.25, 20 MB active: idle": quarter[0],
        "tax rate 0.25, 20 MB active: busy": quarter[1],
      },
    };
  },
});
