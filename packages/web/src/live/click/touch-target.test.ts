import { expect, it } from "vitest";
import { accessOf, ownerOf, Unreachable } from "./touch-target.ts";

const NOTHING = { vm: null, realPage: null, sharers: 0 } as const;

it("a frame is touched through the one real page behind which it stands; others say why there is none", () => {
  expect(ownerOf(5, { owner: "VM", vm: 2, realPage: 9, sharers: 0 })).toEqual({ vm: 2, realPage: 9 });
  expect(() => ownerOf(5, { ...NOTHING, owner: "FREE" })).toThrow("Frame 5 is free");
  expect(() => ownerOf(5, { ...NOTHING, owner: "HYPERVISOR" })).toThrow("Frame 5 is the hypervisor's");
  expect(() => ownerOf(5, { ...NOTHING, owner: "SHARED", sharers: 3 })).toThrow("Frame 5 is shared by 3 real pages");
});

it("a real page is touched by its process, else by the guest's kernel; a free one by nothing", () => {
  const place = { vm: 1, page: 9, name: "web" };
  const unused = { process: null, virtualPage: null, virtualPageName: null } as const;
  const used = { use: "PROCESS", process: 2, virtualPage: 4, virtualPageName: "heap" } as const;
  expect(accessOf(place, used)).toMatchObject({ by: "process", vm: 1, process: 2, virtualPage: 4 });
  for (const use of ["KERNEL", "BALLOON"] as const) {
    expect(accessOf(place, { ...unused, use })).toMatchObject({ by: "kernel", vm: 1, realPage: 9 });
  }
  expect(() => accessOf(place, { ...unused, use: "FREE" })).toThrow(Unreachable);
  expect(() => accessOf(place, undefined)).toThrow("web has no real page 9 now.");
});
