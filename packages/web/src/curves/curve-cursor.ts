import { parameter, setParameters } from "../address/address.ts";
import { nearestIndex } from "../design/chart-data.ts";

const frames = parameter("frames");

/** The size that the cursor is at, of those that were counted; the middle one where the address names none. */
export function cursorOf(counted: readonly number[]): number {
  const asked = Number(frames.value);
  if (frames.value !== undefined && asked > 0) return counted[nearestIndex(counted, asked)] ?? 0;
  return counted[Math.floor(counted.length / 2)] ?? 0;
}

export function changeCursor(count: number): void {
  setParameters({ frames: String(count) });
}
