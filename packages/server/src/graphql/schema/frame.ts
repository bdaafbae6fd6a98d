import { assert } from "@ballast/core/assert";
import { FRAME_ZEROED, OWNER_FREE, OWNER_HYPERVISOR, OWNER_SHARED } from "@ballast/core/memory";
import type { FrameState, TableEntries } from "../../history/index.ts";
import type { Moment } from "../../api/moment/moment.ts";
import { connectionOf } from "./connection.ts";
import { builder } from "./builder.ts";
import { enumValues } from "./enum-values.ts";
import { virtualPageName } from "./virtual-page-name.ts";

export const FrameOwnerEnum = builder.enumType("FrameOwner", {
  description: "Whose a frame is.",
  values: enumValues([
    ["Free", "free", "It has no owner."],
    ["Hypervisor", "hypervisor", "The hypervisor's own."],
    ["Vm", "vm", "It stands behind a real page of a VM."],
    ["Shared", "shared", "It stands behind real pages of equal content, of one VM or several."],
  ]),
});

type FrameOwner = "free" | "hypervisor" | "vm" | "shared";
const OWNERS: Readonly<Record<number, FrameOwner>> = {
  [OWNER_FREE]: "free",
  [OWNER_HYPERVISOR]: "hypervisor",
  [OWNER_SHARED]: "shared",
};

/** What an entry of the owner column means. */
export function frameOwner(ownerVm: number): FrameOwner {
  return OWNERS[ownerVm] ?? "vm";
}

export type FrameShape = { readonly moment: Moment; readonly page: number; readonly state: FrameState };

export function frameIn(entries: TableEntries, moment: Moment, page: number): FrameShape {
  const state = entries.frame(page);
  assert(state !== null, () => `the host has no frame ${page}`);
  return { moment, page, state };
}

export const FrameRef = builder.objectRef<FrameShape>("Frame").implement({
  description: "A slot of host memory.",
  fields: (t) => ({
    physicalPage: t.int({ description: "Its number.", resolve: ({ page }) => page }),
    owner: t.field({
      type: FrameOwnerEnum,
      description: "Whose it is.",
      resolve: ({ state }) => frameOwner(state.ownerVm),
    }),
    vm: t.int({
      nullable: true,
      description: "The VM that has it for itself; null: none.",
      resolve: ({ state }) => (state.ownerVm > 0 ? state.ownerVm : null),
    }),
    realPage: t.int({
      nullable: true,
      description: "That VM's real page; null: none.",
      resolve: ({ state }) => state.realPage,
    }),
    virtualPageName: t.string({
      nullable: true,
      description: "The name that the scenario gives the virtual page that is in that real page; null: none.",
      resolve: async ({ moment, state: { ownerVm: vm, realPage } }, _args, context) => {
        if (vm <= 0 || realPage === null) return null;
        const user = (await moment.entries({ kind: "realPages", vm }, realPage, realPage + 1)).realPage(realPage);
        return await virtualPageName(moment, { vm, process: user?.process, page: user?.virtualPage }, context);
      },
    }),
    sharers: t.int({
      description: "Of a shared frame: how many real pages it backs. Else 0.",
      resolve: ({ state }) => state.sharers,
    }),
    isZeroed: t.boolean({
      description: "Whether it is known to hold nothing but zeros.",
      resolve: ({ state }) => state.content === FRAME_ZEROED,
    }),
  }),
});

export const FrameConnectionRef = connectionOf<FrameShape>("Frame", "frames", FrameRef);
