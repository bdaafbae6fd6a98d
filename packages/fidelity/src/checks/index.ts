import type { Check } from "../check.ts";
import { admissionChecks } from "./admission.ts";
import { balloonChecks } from "./balloon.ts";
import { balloonDriverChecks } from "./balloon-drivers.ts";
import { boundChecks } from "./bounds.ts";
import { compressionChecks } from "./compression.ts";
import { costChecks } from "./costs.ts";
import { curveChecks } from "./curves.ts";
import { doublePagingChecks } from "./double-paging.ts";
import { idleTaxChecks } from "./idle-tax/index.ts";
import { lawChecks } from "./laws.ts";
import { lectureChecks } from "./lecture.ts";
import { memoryStateChecks } from "./memory-states.ts";
import { policyChecks } from "./policies/index.ts";
import { reallocationChecks } from "./reallocation.ts";
import { reclamationChecks } from "./reclamation.ts";
import { replacementChecks } from "./replacement.ts";
import { samplingChecks } from "./sampling.ts";
import { sharingChecks } from "./sharing.ts";
import { shareChecks } from "./shares.ts";
import { vswapperChecks } from "./vswapper.ts";

export type Subject = {
  /** The part of its checks' ids before the point. */
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly checks: readonly Check[];
};

/** Every check, by subject, in the order of docs/fidelity.md. */
export const SUBJECTS: readonly Subject[] = [
  {
    name: "lecture",
    title: "The lecture",
    description: "What the lecture's figures show, page by page.",
    checks: lectureChecks,
  },
  {
    name: "replacement",
    title: "Page replacement",
    description: "Reference strings whose faults can be counted by hand.",
    checks: replacementChecks,
  },
  {
    name: "laws",
    title: "Laws of replacement",
    description: "What mathematics says of any simulation, whatever the machine.",
    checks: lawChecks,
  },
  {
    name: "bounds",
    title: "Bounds",
    description: "What no policy can do better.",
    checks: boundChecks,
  },
  {
    name: "curves",
    title: "Miss ratio curves",
    description: "How well a curve is known from few pages.",
    checks: curveChecks,
  },
  {
    name: "double-paging",
    title: "Double paging",
    description: "Two levels of replacement that do not know of each other.",
    checks: doublePagingChecks,
  },
  {
    name: "sampling",
    title: "Measuring idleness",
    description: "How much of its memory a VM uses, as a hypervisor finds out.",
    checks: samplingChecks,
  },
  {
    name: "admission",
    title: "Admission",
    description: "Who may be switched on.",
    checks: admissionChecks,
  },
  {
    name: "memory-states",
    title: "Memory states",
    description: "When a host is short of memory.",
    checks: memoryStateChecks,
  },
  {
    name: "balloon",
    title: "Ballooning",
    description: "How fast a balloon fills, and what it makes of a VM.",
    checks: [...balloonDriverChecks, ...balloonChecks],
  },
  {
    name: "sharing",
    title: "Page sharing",
    description: "Pages of equal content, kept once.",
    checks: sharingChecks,
  },
  {
    name: "reclamation",
    title: "Ways of reclamation",
    description: "The same memory taken in different ways.",
    checks: reclamationChecks,
  },
  {
    name: "compression",
    title: "Compression",
    description: "Memory instead of swap.",
    checks: compressionChecks,
  },
  {
    name: "vswapper",
    title: "Swapping what the guest's disk holds anyway",
    description: "What a hypervisor swaps in vain.",
    checks: vswapperChecks,
  },
  {
    name: "shares",
    title: "Shares and idle memory",
    description: "How much memory is whose.",
    checks: shareChecks,
  },
  {
    name: "idle-tax",
    title: "The idle memory tax",
    description: "Idle memory costs more.",
    checks: idleTaxChecks,
  },
  {
    name: "reallocation",
    title: "Dynamic reallocation",
    description: "All mechanisms of ESX together, over forty minutes.",
    checks: reallocationChecks,
  },
  {
    name: "policies",
    title: "Arithmetic of policies",
    description: "Each policy is asked what it does in the case that its source, or its formula, gives a number for.",
    checks: policyChecks,
  },
  {
    name: "costs",
    title: "Costs",
    description: "What the simulated clock shows for single events, with the default costs.",
    checks: costChecks,
  },
];

export const CHECKS: readonly Check[] = SUBJECTS.flatMap(({ checks }) => checks);
