import type { Decision } from "@ballast/core/policy";
import { PAGE_BYTES } from "@ballast/core/units";
import { defineCheck } from "../../check.ts";
import { exactly, within } from "../../expectation.ts";
import { allowedPages, balloonOf, consultPolicy, type StatedVm } from "../../lab/consult-policy.ts";
import type { TestBench } from "../../lab/test-bench.ts";

const PAGE_KIB = PAGE_BYTES / 1024;
const DOMAIN = { min: 1_048_576 / PAGE_KIB, max: 2_097_152 / PAGE_KIB, actual: 1_572_864 / PAGE_KIB };

function domainWith(residentPages: number): StatedVm {
  return {
    configuredPages: DOMAIN.max,
    limitPages: DOMAIN.max,
    reservationPages: DOMAIN.min,
    residentPages,
    balloon: balloonOf(DOMAIN.max - residentPages, DOMAIN.max),
  };
}

/** All frames but the free ones are with the domains. */
function decide({ policy }: TestBench, vms: readonly StatedVm[], freePages: number): readonly Decision[] {
  const held = vms.reduce((sum, { residentPages = 0 }) => sum + residentPages, 0);
  return consultPolicy(policy("squeezed"), {}, [{ host: { framePages: held + freePages, freePages }, vms }])[0] ?? [];
}

export const squeezed = defineCheck({
  id: "policies.squeezed",
  title: "XenServer: three domains of 1 to 2 GiB at 1.5 GiB, 500,000 KiB free, get 1,736,450 KiB each; domains shrink before others grow",
  source: "xapi-project/xen-api, ocaml/squeezed, Squeeze.Proportional; host target 9,216 KiB, inaccuracy 4 KiB",
  confidence: "published",
  method: "Targets are whole pages of 4 KiB, rounded down.",
  isQuick: true,
  figures: {
    "target of each domain": { unit: "KiB", expected: within(1_736_450, PAGE_KIB) },
    "one at its maximum, one at its minimum: told to shrink": { unit: "domains", expected: exactly(1) },
    "and to grow meanwhile": { unit: "domains", expected: exactly(0) },
  },
  run: async (testBench) => {
    const [middle, full, empty] = [domainWith(DOMAIN.actual), domainWith(DOMAIN.max), domainWith(DOMAIN.min)];
    const equal = decide(testBench, [middle, middle, middle], 500_000 / PAGE_KIB);
    const unequal = decide(testBench, [full, empty], 0);
    const count = (grows: boolean): number =>
      [full, empty].filter((vm, index) => {
        const pages = allowedPages(unequal, vm, index + 1);
        const held = vm.residentPages ?? 0;
        return grows ? pages > held : pages < held;
      }).length;
    return {
      figures: {
        "target of each domain": [1, 2, 3].map((number) => allowedPages(equal, middle, number) * PAGE_KIB),
        "one at its maximum, one at its minimum: told to shrink": count(false),
        "and to grow meanwhile": count(true),
      },
    };
  },
});
