export { History, type At, type HistoryOptions } from "./history.ts";
export { KeyframeEncoder, type EncodedKeyframe } from "./keyframe-encoder.ts";
export { saveKeyframe } from "./keyframe-store.ts";
export { MOST_EVENTS_SCANNED, type PageHistory, type PageHistoryRange } from "./page-history.ts";
export {
  frameState,
  type FrameState,
  realPageState,
  type RealPageState,
  virtualPageState,
  type VirtualPageState,
} from "./page-states.ts";
export { rebuildKeyframes } from "./rebuild-keyframes.ts";
export { RunTexts } from "./run-texts.ts";
export { diffStates, type DiffPage, type FigureChange, type PageChange, type StateDiff } from "./state-diff.ts";
