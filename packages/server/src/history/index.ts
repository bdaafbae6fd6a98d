export { History, type At, type HistoryOptions } from "./history.ts";
export { KeyframeEncoder, type EncodedKeyframe } from "./keyframe-encoder.ts";
export { saveKeyframe } from "./keyframe-store.ts";
export type { PageHistory, PageHistoryRange } from "./page-history.ts";
export type { FrameState, RealPageState, VirtualPageState } from "./page-states.ts";
export { rebuildKeyframes } from "./rebuild-keyframes.ts";
export { RunTexts } from "./run-texts.ts";
export type { StateLease } from "./state-shelf.ts";
export type { DiffPage, FigureChange, PageChange, StateDiff } from "./state-diff.ts";
