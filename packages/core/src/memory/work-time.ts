/** Earlier versions did not record it: then it is known but for the wait of another VM's last access. */
export function workTime(recordedNs: number, timeNs: number, startedNs: number): number {
  return recordedNs > 0 ? recordedNs : timeNs - startedNs;
}
