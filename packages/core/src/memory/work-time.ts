import { NOT_RECORDED } from "../metrics/index.ts";

/** Earlier versions recorded 0, and the event may have come later than the end of the work: then only that there was none is known. */
export function workTime(recordedNs: number, timeNs: number, startedNs: number): number {
  return recordedNs > 0 ? recordedNs : timeNs === startedNs ? 0 : NOT_RECORDED;
}
