import type { Fields } from "../reading/object.ts";
import { named, type Reader } from "../reading/reader.ts";
import { variants } from "../reading/variants.ts";
import { isComposed, type Workload, WORKLOAD_KINDS, type WorkloadKindName } from "./workload-kinds.ts";

/** A workload as a scenario states it, by the table of kinds. */
export const workloadForm: Reader<Workload> = named("workload", () => anyWorkload);

const variantOf = (kind: (typeof WORKLOAD_KINDS)[WorkloadKindName]): { description: string; fields: Fields } => {
  return { description: kind.description, fields: isComposed(kind) ? kind.fields(workloadForm) : kind.fields };
};
const known = Object.entries(WORKLOAD_KINDS).map(([name, kind]) => [name, variantOf(kind)] as const);
// Each kind is checked against its own fields where it is declared.
const anyWorkload = variants(Object.fromEntries(known)) as Reader<unknown> as Reader<Workload>;

export const workloadSchema = anyWorkload.schema;
