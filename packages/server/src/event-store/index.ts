export { appendCommit, HEADS_CHANNEL, type AppendOptions, type Lease } from "./append-commit.ts";
export { CHECKPOINTS_KEPT, dropCheckpoints, latestCheckpoint, saveCheckpoint, type Checkpoint } from "./checkpoints.ts";
export { MAX_COMMIT_EVENTS } from "./commit-columns.ts";
export { type CommitCount, countByCommit, type FurtherTest } from "./count-events.ts";
export { digestChainAt, type ChainAt } from "./digest-chain-at.ts";
export { DigestChain } from "./digest-chain.ts";
export { eventsNotKept, requireEvents } from "./events-not-kept.ts";
export { HeadNotifier } from "./head-notifier.ts";
export { inTurns } from "./in-turns.ts";
export { positionAtTime } from "./position-at-time.ts";
export { prepareCommit, type PreparedCommit } from "./prepared-commit.ts";
export {
  commitAt,
  eventAt,
  readMatchingCommits,
  readEvents,
  readRecordedEvents,
  readSelected,
  selectEvents,
  type EventFilter,
  type EventRange,
  type EventSelection,
} from "./read-events.ts";
export { readTexts } from "./read-texts.ts";
export { readHead, requirePosition, type RunHead } from "./run-head.ts";
export { DeletedRunRemover } from "./deleted-run-remover.ts";
export { deleteRunHistory } from "./delete-run.ts";
export { removeDeletedRuns } from "./remove-deleted-runs.ts";
export { createRunRow, type NewRun } from "./run-rows.ts";
export { BatchBuffers } from "./batch-buffers.ts";
export { PlaneBuffers } from "./codec/plane-buffers.ts";
export { CommitCache } from "./commit-cache.ts";
export type { EventSelector } from "./stored-commit.ts";
export { cutSegments, loadSegments, type RunSegment } from "./run-segments.ts";
export { RunWriter } from "./run-writer.ts";
export { verifyStoredDigest, type VerifiedDigest } from "./verify-digest.ts";
export { CHECKPOINTS } from "./checkpoint-damages.ts";
export { logDamages } from "./log-damages.ts";
export type { LogCheck } from "./log-reader.ts";
export { fillNextRun, fillRunChecksums } from "./fill-checksums.ts";
export { nameOfRun } from "./run-damage.ts";
export { EXPERIMENT, RESULT_NAMES, RUN_INPUT, RUN_RESULT } from "./run-job-parts.ts";
export { RUN_HEAD } from "./commit-parts.ts";
