import { ScanStream } from "../streams/scan-stream.ts";
import { simpleKind } from "../workload-kind.ts";
import { seededWrites, shared } from "./fields.ts";

export const sequential = simpleKind({
  description: "Each page once, in order.",
  fields: { ...shared.extent, writeRatio: shared.writeRatio },
  createStream: (workload, _sources, { accesses }) => new ScanStream({ ...workload, accesses: workload.pages }, accesses),
  countAccesses: ({ pages }) => pages,
  seededPart: seededWrites,
  countPages: ({ firstPage, pages }) => firstPage + pages,
});
