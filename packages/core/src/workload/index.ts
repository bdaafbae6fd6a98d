export {
  ACCESS_BUFFER_LENGTH,
  type AccessBuffer,
  type AccessStream,
  createAccessBuffer,
  STREAM_ENDED,
  STREAM_IDLE,
  STREAM_WAITING,
} from "./access-stream.ts";
export { createStream, type StreamSources } from "./create-stream.ts";
export { parseReference, type Reference, REFERENCE_PATTERN } from "./parse-reference.ts";
export { countWorkloadAccesses, workloadIdleNs } from "./workload-length.ts";
export { countWorkloadPages, listWorkloadTraces } from "./workload-pages.ts";
export type {
  CyclicWorkload,
  IdleWorkload,
  InteractiveWorkload,
  PhasesWorkload,
  RampWorkload,
  ReadFileWorkload,
  ReferencesWorkload,
  SequentialWorkload,
  TraceWorkload,
  UniformWorkload,
  Workload,
  ZipfWorkload,
} from "./workload.ts";
