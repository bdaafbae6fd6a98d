import { expect, it } from "vitest";
import { costLines } from "./access-cost.ts";

const JSON_OF_RUN = {
  host: {
    costs: { trapNs: 500, hostFaultNs: 3_350, guestFaultNs: 300, zeroingNs: 200, decompressionNs: 6_400 },
    swapDevice: { readNs: 90_000 },
  },
  vms: [{ disk: { readNs: 1 } }, { disk: { readNs: 8_000 } }],
};
const sum = (outcome: string, contentPlace: string, mmu = "NESTED"): number =>
  costLines(JSON_OF_RUN, 2, { outcome, contentPlace, mmu, mapping: "TWO_LEVEL" }).reduce((all, { ns }) => all + ns, 0);

// Oracle: docs/machine, "One access", with the costs given here.
it("an access costs a trap, a fault and the way of its content, by how its translation ends", () => {
  expect(sum("HIT", "FRAME")).toBe(0);
  expect(sum("HOST_FAULT", "NOWHERE")).toBe(500 + 3_350 + 200);
  expect(sum("HOST_FAULT", "HOST_SWAP")).toBe(500 + 3_350 + 90_000);
  expect(sum("HOST_FAULT", "COMPRESSION_CACHE")).toBe(500 + 3_350 + 6_400);
  expect(sum("PAGE_MISS", "NOWHERE")).toBe(300);
  expect(sum("PAGE_MISS", "NOWHERE", "SHADOW")).toBe(300 + 500);
  expect(sum("PAGE_MISS", "GUEST_DISK")).toBe(300 + 8_000);
});
