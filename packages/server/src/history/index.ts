export { History, type At, type HistoryOptions } from "./history.ts";
export { KeyframeEncoder, type EncodedKeyframe } from "./keyframe-encoder.ts";
export { saveKeyframe } from "./keyframe-store.ts";
export { rebuildKeyframes } from "./rebuild-keyframes.ts";
export { RunTexts } from "./run-texts.ts";
