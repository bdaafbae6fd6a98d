import fc from "fast-check";
import type { Json } from "../policy/index.ts";
import type { Field, Fields } from "../reading/object.ts";
import { Place } from "../reading/place.ts";
import type { JsonSchema } from "../reading/reader.ts";
import { isComposed, type Workload, WORKLOAD_KINDS, workloadForm, type WorkloadKindName } from "../workload/index.ts";

/** What random workloads may touch, and how large they may be. */
export type WorkloadLimits = {
  /** Pages of the process, and of each file. */
  readonly pages: number;
  readonly accesses: number;
  readonly ns: number;
  readonly files: readonly string[];
  readonly traces: readonly string[];
};

/** Text forms of quantities and of lists of references: where a pattern is asked for, those of these that match it. */
const TEXTS = ["4 KiB", "0.1 MB", "160KiB", "50 us", "1.5 ms", "3s", "7 ns", "7 0 w1", " 1,2,\n w3", "w1", "0"];
const MAX_LIST = 60;
const MAX_TIMES = 3;

/** Kinds that are not made of other workloads. */
export const SIMPLE_KINDS = Object.entries(WORKLOAD_KINDS)
  .filter(([, kind]) => !isComposed(kind))
  .map(([name]) => name as WorkloadKindName);

/**
 * A workload of this kind as a scenario states it, made from the declaration of its fields: members with a default are there
 * or not, numbers are small, texts are of the form that the schema asks for. It may touch a page that is not there.
 */
export function statedWorkload(name: WorkloadKindName, limits: WorkloadLimits): fc.Arbitrary<Json> {
  const fields = fieldsOf(name);
  const values = Object.entries(fields).map(([member, field]) => [member, valueOf(member, field, limits)] as const);
  const requiredKeys = Object.keys(fields).filter((member) => fields[member]?.presence === "required");
  const stated = fc.record(Object.fromEntries(values), { requiredKeys });
  return stated.map((members): Json => Object.assign({ kind: name }, members));
}

/** Several workloads one after the other, some of them made of others in turn. */
export function composedWorkload(name: WorkloadKindName, part: fc.Arbitrary<Json>): fc.Arbitrary<Json> {
  const kind = WORKLOAD_KINDS[name];
  if (!isComposed(kind)) throw new Error(`${name} is not made of other workloads`);
  const parts = fc.array(part, { minLength: 1, maxLength: 3 });
  return fc.tuple(parts, fc.integer({ min: 1, max: 2 })).map(([list, times]) => ({ kind: name, [kind.partsMember]: list, times }));
}

export const COMPOSED_KINDS = Object.keys(WORKLOAD_KINDS).filter(
  (name) => !SIMPLE_KINDS.includes(name as WorkloadKindName),
) as WorkloadKindName[];

/** @throws Error for what no scenario may state. */
export function readWorkload(form: Json): Workload {
  const place = Place.root();
  const workload = workloadForm.read(form, place);
  if (workload === undefined) throw new Error(`${JSON.stringify(form)} is no workload: ${JSON.stringify(place.problems)}`);
  return workload;
}

function fieldsOf(name: WorkloadKindName): Fields {
  const kind = WORKLOAD_KINDS[name];
  return isComposed(kind) ? kind.fields(workloadForm) : kind.fields;
}

function valueOf(member: string, { reader }: Field<unknown>, limits: WorkloadLimits): fc.Arbitrary<Json> {
  if (member === "file") return fc.constantFrom(...limits.files);
  if (member === "trace") return fc.constantFrom(...limits.traces);
  return fromSchema(reader.schema, maxOf(member, limits));
}

/** Members are named by what they count. */
function maxOf(member: string, limits: WorkloadLimits): number {
  if (/pages?$/i.test(member)) return limits.pages;
  if (/accesses$/i.test(member)) return limits.accesses;
  if (/ns$/i.test(member)) return limits.ns;
  return member === "times" ? MAX_TIMES : limits.pages;
}

function fromSchema(schema: JsonSchema, max: number): fc.Arbitrary<Json> {
  const {
    anyOf,
    enum: choices,
    type,
    minimum = 0,
    maximum = max,
    pattern,
    items,
  } = schema as {
    readonly anyOf?: readonly JsonSchema[];
    readonly enum?: readonly Json[];
    readonly type?: string;
    readonly minimum?: number;
    readonly maximum?: number;
    readonly pattern?: string;
    readonly items?: JsonSchema;
  };
  if (anyOf !== undefined) return fc.oneof(...anyOf.map((each) => fromSchema(each, max)));
  if (choices !== undefined) return fc.constantFrom(...choices);
  switch (type) {
    case "null":
      return fc.constant(null);
    case "boolean":
      return fc.boolean();
    case "integer":
      return fc.integer({ min: minimum, max: Math.max(minimum, Math.min(maximum, max)) });
    case "number":
      return fc.constantFrom(minimum, (minimum + maximum) / 4, maximum);
    case "string":
      return textOf(pattern ?? "");
    case "array":
      return fc.array(fromSchema(items ?? {}, max), { minLength: 1, maxLength: MAX_LIST });
    default:
      throw new Error(`random workloads have no ${JSON.stringify(schema)}: add its type to testing/stated-workload.ts`);
  }
}

function textOf(pattern: string): fc.Arbitrary<string> {
  const expression = new RegExp(pattern, "u");
  const known = TEXTS.filter((text) => expression.test(text));
  return known.length > 0 ? fc.constantFrom(...known) : fc.stringMatching(expression);
}
