import { z } from "zod";

const BuiltInTraces = z.array(
  z.object({
    name: z.string(),
    file: z.string(),
    /** What it is a recording of. */
    description: z.string(),
    /** The program that was recorded, as it was called, and its version. */
    command: z.array(z.string()),
    version: z.string(),
    referenceCount: z.int(),
    pageCount: z.int(),
    digest: z.string(),
  }),
);

export type BuiltInTrace = z.infer<typeof BuiltInTraces>[number];

/** The list of recordings of a folder. @throws of what is none. */
export function readTraceList(text: string): readonly BuiltInTrace[] {
  return BuiltInTraces.parse(JSON.parse(text));
}
