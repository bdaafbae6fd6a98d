import {
  CATALOGUE,
  EVENT_FAMILIES,
  type EventFamily,
  FIELD_KINDS,
  type FieldKind,
  Mapping,
  MemoryState,
  Mmu,
  VmEnd,
} from "@ballast/core/events";
import { RealUse, VmLife } from "@ballast/core/memory";
import type { RunStatus, SortDirection } from "../../runs/index.ts";
import { builder } from "./builder.ts";
import { enumValues } from "./enum-values.ts";

export const EventTypeNameEnum = builder.enumType("EventTypeName", {
  description: "The name of an event type. New ones may appear: treat an unknown one as an event that you do not show.",
  values: enumValues(CATALOGUE.map((type) => [type.name, type.code, type.description])),
});

export const EventFamilyEnum = builder.enumType("EventFamily", {
  description: "A group of event types.",
  values: enumValues(Object.entries(EVENT_FAMILIES).map(([name, description]) => [name, name as EventFamily, description])),
});

export const FieldKindEnum = builder.enumType("FieldKind", {
  description: "What a number in an event means.",
  values: enumValues(Object.entries(FIELD_KINDS).map(([name, description]) => [name, name as FieldKind, description])),
});

export const MemoryStateEnum = builder.enumType("MemoryState", {
  description: "How short of free memory the host is.",
  values: enumValues([
    ["High", MemoryState.High, "Enough free memory: nothing has to be reclaimed."],
    ["Clear", MemoryState.Clear, "Of vSphere 6: less than minFree, and only sharing is in order."],
    ["Soft", MemoryState.Soft, "Below the first threshold: ballooning is in order."],
    ["Hard", MemoryState.Hard, "Below the second threshold: pages have to be stolen."],
    ["Low", MemoryState.Low, "Below the last threshold: hardly any free frame is left."],
  ]),
});

export const MappingEnum = builder.enumType("Mapping", {
  description: "How virtual pages reach frames.",
  values: enumValues([
    ["OneLevel", Mapping.OneLevel, "Virtual to physical, without a hypervisor."],
    ["TwoLevel", Mapping.TwoLevel, "Virtual to real in the guest, real to physical in the hypervisor."],
  ]),
});

export const MmuEnum = builder.enumType("Mmu", {
  description: "How two levels are walked, and with it what traps.",
  values: enumValues([
    ["None", Mmu.None, "One-level mapping: nothing traps."],
    ["Shadow", Mmu.Shadow, "Every update of a guest page table traps; the hardware walks one table."],
    ["Nested", Mmu.Nested, "Only a missing real map entry traps; the hardware walks both tables."],
  ]),
});

export const VmLifeEnum = builder.enumType("VmLife", {
  description: "Where a VM is in its life.",
  values: enumValues([
    ["Admitted", VmLife.Admitted, "Accepted by admission control, not switched on yet."],
    ["Running", VmLife.Running, "Switched on and at work."],
    ["Finished", VmLife.Finished, "Every process has done its work; the VM stays on, idle."],
    ["Terminated", VmLife.Terminated, "Switched off before the run's end; its frames are free again. `endCause` says why."],
    ["Refused", VmLife.Refused, "Not admitted: it did not fit."],
  ]),
});

export const VmEndEnum = builder.enumType("VmEnd", {
  description: "Why a VM was terminated.",
  values: enumValues([
    ["HostOutOfFrames", VmEnd.HostOutOfFrames, "The host had no free frame, and the policy could not free one."],
    ["GuestOutOfMemory", VmEnd.GuestOutOfMemory, "Its guest had no real page left that it could give to an access."],
    ["StoppedByUser", VmEnd.StoppedByUser, "A user stopped it, by a command or in the scenario's script."],
  ]),
});

export const RealUseEnum = builder.enumType("RealUse", {
  description: "What a guest operating system uses a real page for.",
  values: enumValues([
    ["Free", RealUse.Free, "For nothing."],
    ["Process", RealUse.Process, "It stands behind a virtual page of a process."],
    ["Kernel", RealUse.Kernel, "The guest's kernel keeps it."],
    ["Balloon", RealUse.Balloon, "The balloon driver holds it, so that no process may use it."],
  ]),
});

const STATUSES: Readonly<Record<RunStatus, string>> = {
  queued: "No executor has begun it.",
  running: "An executor works on it, or will as soon as one is free.",
  waiting: "Only a command can make something happen.",
  paused: "A command has to resume it.",
  completed: "It reached its end. Final.",
  stopped: "A command ended it. Final.",
  failed: "It cannot continue; `error` says why. Final.",
};

export const KeepsEnum = builder.enumType("Keeps", {
  description: "What of a run is stored.",
  values: enumValues([
    ["events", "events" as const, "Every event, and what can be computed from them: any moment can be looked at."],
    ["figures", "figures" as const, "Its results, and the number and digest of its events."],
  ]),
});

export const RunStatusEnum = builder.enumType("RunStatus", {
  description: "How far a run is.",
  values: enumValues(Object.entries(STATUSES).map(([name, description]) => [name, name as RunStatus, description])),
});

export const SortDirectionEnum = builder.enumType("SortDirection", {
  description: "The direction of a list.",
  values: enumValues<SortDirection>([
    ["Ascending", "ascending", "The smallest or oldest first."],
    ["Descending", "descending", "The largest or newest first."],
  ]),
});
