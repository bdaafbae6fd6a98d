import type { Check } from "../check.ts";
import { doublePagingChecks } from "./double-paging.ts";
import { lawChecks } from "./laws.ts";
import { lectureChecks } from "./lecture.ts";
import { replacementChecks } from "./replacement.ts";
import { shareChecks } from "./shares.ts";

export type Subject = {
  /** The part of its checks' ids before the point. */
  readonly name: string;
  readonly title: string;
  readonly says: string;
  readonly checks: readonly Check[];
};

/** Every check, by subject, in the order of docs/fidelity.md. */
export const SUBJECTS: readonly Subject[] = [
  {
    name: "lecture",
    title: "The lecture",
    says: "What the lecture's figures show, page by page.",
    checks: lectureChecks,
  },
  {
    name: "replacement",
    title: "Page replacement",
    says: "Reference strings whose faults can be counted by hand.",
    checks: replacementChecks,
  },
  {
    name: "laws",
    title: "Laws of replacement",
    says: "What mathematics says of any simulation, whatever the machine.",
    checks: lawChecks,
  },
  {
    name: "double-paging",
    title: "Double paging",
    says: "Two levels of replacement that do not know of each other.",
    checks: doublePagingChecks,
  },
  {
    name: "shares",
    title: "Shares and idle memory",
    says: "How much memory is whose.",
    checks: shareChecks,
  },
];

export const CHECKS: readonly Check[] = SUBJECTS.flatMap(({ checks }) => checks);
