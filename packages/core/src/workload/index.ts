/** @internal Part of Ballast itself: changes without notice. */
export {
  ACCESS_BUFFER_LENGTH,
  type AccessBuffer,
  type AccessStream,
  type PackedAccesses,
  createAccessBuffer,
  STREAM_ENDED,
  STREAM_IDLE,
  STREAM_WAITING,
} from "./access-stream.ts";
export { createStream, processRandomness } from "./create-stream.ts";
export { parseNamedReference, parseReference, type Reference } from "./parse-reference.ts";
export { workloadForm, workloadSchema } from "./workload-form.ts";
export { type FileReading, type LengthSources, type SeededPart, type StreamRandomness, type StreamSources } from "./workload-kind.ts";
export { isComposed, kindOf, type Workload, WORKLOAD_KINDS, type WorkloadKindName, type WorkloadOf } from "./workload-kinds.ts";
export { countWorkloadAccesses, workloadIdleNs } from "./workload-length.ts";
export { countWorkloadPages, listLeaves, listWorkloadTraces, type WorkloadLeaf } from "./workload-pages.ts";
