import { parameter } from "../../address/address.ts";
import { count } from "../../format/numbers.ts";
import type { Speed } from "./playback.ts";

type SpeedChoice = { readonly value: string; readonly label: string; readonly speed: Speed };

/** As the address writes them: `e100` events per second, `t10` a tenth of real time. */
export const SPEEDS: readonly SpeedChoice[] = [
  ...[2, 10, 50, 200, 1_000, 5_000, 20_000].map((perSecond) => ({
    value: `e${perSecond}`,
    label: `${count(perSecond)} events/s`,
    speed: { kind: "events", perSecond } as const,
  })),
  ...[1_000, 100, 10, 1].map((slower) => ({
    value: `t${slower}`,
    label: slower === 1 ? "simulated time as it is" : `simulated time 1/${count(slower)}`,
    speed: { kind: "time", factor: 1 / slower } as const,
  })),
];

const DEFAULT = "e1000";
const speed = parameter("speed");

export function chosenSpeed(): SpeedChoice {
  return SPEEDS.find(({ value }) => value === (speed.value ?? DEFAULT)) ?? SPEEDS[0]!;
}
