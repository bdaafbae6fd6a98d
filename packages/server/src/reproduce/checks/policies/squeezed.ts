import { PAGE_BYTES } from "@ballast/core/units";
import { defineCheck } from "../../check.ts";
import { within } from "../../expectation.ts";
import { allowedPages, balloonOf, consultPolicy, type StatedVm } from "../../lab/consult-policy.ts";

const PAGE_KIB = PAGE_BYTES / 1024;
const DOMAIN = { min: 1_048_576 / PAGE_KIB, max: 2_097_152 / PAGE_KIB, actual: 1_572_864 / PAGE_KIB };

export const squeezed = defineCheck({
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
