import { ScanStream } from "../streams/scan-stream.ts";
import { simpleKind } from "../workload-kind.ts";
import { seededWrites, shared } from "./fields.ts";

export const cyclic = simpleKind({
  description: "The same scan again and again.",
  fields: { ...shared.extent, accesses: shared.accesses, writeRatio: shared.writeRatio },
  createStream: (workload, _sources, { accesses }) => new ScanStream(workload, accesses),
  countAccesses: (workload) => workload.accesses,
  seededPart: seededWrites,
  countPages: ({ firstPage, pages }) => firstPage + pages,
});
