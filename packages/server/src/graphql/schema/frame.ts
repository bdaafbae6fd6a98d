import { NO_PAGE } from "@ballast/core/ids";
import { FRAME_ZEROED, type MachineTables, OWNER_FREE, OWNER_HYPERVISOR, OWNER_SHARED } from "@ballast/core/memory";
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

type FrameShape = { readonly moment: Moment; readonly machine: MachineTables; readonly page: number };

const ownerOf = ({ machine, page }: FrameShape): number => machine.frames.ownerVm[page] ?? OWNER_FREE;

function realPageOf({ machine, page }: FrameShape): number | null {
  const real = machine.frames.realPage[page];
  return real === undefined || real === NO_PAGE ? null : real;
}

export const FrameRef = builder.objectRef<FrameShape>("Frame").implement({
  description: "A slot of host memory.",
  fields: (t) => ({
    physicalPage: t.int({ description: "Its number.", resolve: ({ page }) => page }),
    owner: t.field({
      type: FrameOwnerEnum,
      description: "Whose it is.",
      resolve: (frame) => frameOwner(ownerOf(frame)),
    }),
    vm: t.int({
      nullable: true,
      description: "The VM that has it for itself; null: none.",
      resolve: (frame) => (ownerOf(frame) > 0 ? ownerOf(frame) : null),
    }),
    realPage: t.int({
      nullable: true,
      description: "That VM's real page; null: none.",
      resolve: realPageOf,
    }),
    virtualPageName: t.string({
      nullable: true,
      description: "The name that the scenario gives the virtual page that is in that real page; null: none.",
      resolve: (frame, _args, context) => {
        const [vm, real] = [frame.machine.vms[ownerOf(frame) - 1], realPageOf(frame)];
        if (vm === undefined || real === null) return null;
        const page = vm.userPage[real] === NO_PAGE ? null : vm.userPage[real];
        return virtualPageName(frame.moment, { vm: vm.vm, process: vm.userProcess[real], page }, context);
      },
    }),
    sharers: t.int({
      description: "Of a shared frame: how many real pages it backs. Else 0.",
      resolve: ({ machine, page }) => machine.frames.sharers[page] ?? 0,
    }),
    isZeroed: t.boolean({
      description: "Whether it is known to hold nothing but zeros.",
      resolve: ({ machine, page }) => machine.frames.content[page] === FRAME_ZEROED,
    }),
  }),
});

export const FrameConnectionRef = connectionOf<FrameShape>("Frame", "frames", FrameRef);
