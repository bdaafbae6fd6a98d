import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chosenVms, lineTokens, MAX_VMS, parseVmChoice, vmChoiceText } from "./vm-choice.ts";

describe("the VMs whose curves are drawn", () => {
  it("are all where they are few, whatever was chosen", () => {
    expect(chosenVms([2], 3, new Map())).toEqual([1, 2, 3]);
  });

  it("are the largest of many, of equal ones the first, in the order of their numbers", () => {
    const sizes = new Map(Array.from({ length: 12 }, (_, place) => [place + 1, place % 4] as const));
    // Oracle: by hand. Size 3: VMs 4, 8 and 12; size 2: 3, 7 and 11; size 1: 2 and 6 before 10.
    expect(chosenVms("largest", 12, sizes)).toEqual([2, 3, 4, 6, 7, 8, 11, 12]);
  });

  it("are those in the address, of which others are left out", () => {
    expect(chosenVms(parseVmChoice("11,3,500,3"), 12, new Map())).toEqual([3, 11]);
    expect(parseVmChoice("faults")).toBe("faults");
    for (const text of [undefined, "", "0", "all", "-1"]) expect(parseVmChoice(text)).toBe("largest");
  });

  it("come back from the address as they were written into it", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 4_096 }), { minLength: 1, maxLength: MAX_VMS }), (vms) => {
        expect(parseVmChoice(vmChoiceText(vms))).toEqual(vms);
      }),
    );
    expect([vmChoiceText("largest"), vmChoiceText("faults")]).toEqual([undefined, "faults"]);
  });

  it("have colours of their own, and that of the grids where no other has it", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 4_096 }), { minLength: 1, maxLength: MAX_VMS }), (vms) => {
        const tokens = lineTokens(vms);
        expect(new Set(tokens.values()).size).toBe(vms.length);
        expect(tokens.get(vms[0]!)).toBe(`--vm-${vms[0]! % 8}`);
      }),
    );
  });
});
