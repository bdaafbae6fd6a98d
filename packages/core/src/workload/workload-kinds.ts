import type { Fields, ValuesOf } from "../reading/object.ts";
import { cyclic } from "./kinds/cyclic.ts";
import { idle } from "./kinds/idle.ts";
import { interactive } from "./kinds/interactive.ts";
import { phases, type Phases } from "./kinds/phases.ts";
import { ramp } from "./kinds/ramp.ts";
import { readFile } from "./kinds/read-file.ts";
import { references } from "./kinds/references.ts";
import { sequential } from "./kinds/sequential.ts";
import { trace } from "./kinds/trace.ts";
import { uniform } from "./kinds/uniform.ts";
import { zipf } from "./kinds/zipf.ts";
import type { ComposedKind, SimpleKind } from "./workload-kind.ts";

/** Kinds by the name that scenarios give them. A new kind is a file of `kinds` and a line here. */
const simpleKinds = { sequential, cyclic, uniform, zipf, ramp, references, trace, idle, readFile, interactive };

/** Those that are made of other workloads, with what scenarios state of them. */
const composedKinds = { phases: phases<Workload>() };
interface ComposedWorkload extends Phases<Workload> {
  readonly kind: "phases";
}

type SimpleName = keyof typeof simpleKinds;
type SimpleWorkload = {
  [Name in SimpleName]: { readonly kind: Name } & WithoutAbsent<ValuesOf<(typeof simpleKinds)[Name]["fields"]>>;
}[SimpleName];
/** Members that may be undefined may be absent. */
type WithoutAbsent<Values> = { readonly [Member in keyof Values as undefined extends Values[Member] ? never : Member]: Values[Member] } & {
  readonly [Member in keyof Values as undefined extends Values[Member] ? Member : never]?: Values[Member];
};

/**
 * What a process does, as a scenario states it. Page numbers and counts are in pages of the process's address space;
 * `accesses` counts accesses; times are simulated ns. `writeRatio` is the fraction of accesses that write, 0 to 1.
 */
export type Workload = SimpleWorkload | ComposedWorkload;
export type WorkloadKindName = Workload["kind"];

/** Every kind of workload, in the order of the documentation. */
export const WORKLOAD_KINDS = { ...simpleKinds, ...composedKinds } satisfies Readonly<Record<WorkloadKindName, object>>;

/** The workloads of one kind. */
export type WorkloadOf<Name extends WorkloadKindName> = Extract<Workload, { readonly kind: Name }>;

type AnySimpleKind = SimpleKind<Fields, Workload>;
type AnyComposedKind = ComposedKind<Workload, Workload>;

/** What a workload's kind says of it. Each kind is checked against its own workloads; here the table loses which these are. */
export function kindOf(workload: Workload): AnySimpleKind | AnyComposedKind {
  return WORKLOAD_KINDS[workload.kind] as unknown as AnySimpleKind | AnyComposedKind;
}

export function isComposed<Kind extends object>(kind: Kind): kind is Extract<Kind, { readonly partsMember: string }> {
  return "partsMember" in kind;
}
