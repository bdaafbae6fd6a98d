export {
  ACCESS_BUFFER_LENGTH,
  type AccessBuffer,
  type AccessStream,
  createAccessBuffer,
  STREAM_ENDED,
  STREAM_IDLE,
  STREAM_WAITING,
} from "./access-stream.ts";
export type {
  CyclicWorkload,
  IdleWorkload,
  InteractiveWorkload,
  PhasesWorkload,
  RampWorkload,
  ReferencesWorkload,
  SequentialWorkload,
  TraceWorkload,
  UniformWorkload,
  Workload,
  ZipfWorkload,
} from "./workload.ts";
