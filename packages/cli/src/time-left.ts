const S_PER_MINUTE = 60;
const S_PER_HOUR = 3_600;
/** Before that much is done an estimate is a guess. */
const MIN_FRACTION = 0.02;

/** How long the rest takes at the pace so far: "about 3 min left"; "" while too little is known. */
export function timeLeft(startedMs: number, nowMs: number, fraction: number): string {
  if (!(fraction >= MIN_FRACTION && fraction < 1)) return "";
  const seconds = ((nowMs - startedMs) / 1e3 / fraction) * (1 - fraction);
  if (seconds < S_PER_MINUTE) return `about ${Math.ceil(seconds)} s left`;
  if (seconds < S_PER_HOUR) return `about ${Math.ceil(seconds / S_PER_MINUTE)} min left`;
  return `about ${(seconds / S_PER_HOUR).toFixed(1)} h left`;
}
