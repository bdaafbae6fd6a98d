import type { BalloonSpec } from "../../../scenario/index.ts";

/** Whether a guest with this balloon driver can report free pages: of the drivers that there are, ESX's cannot. */
export function canReport(balloon: BalloonSpec | null): boolean {
  return balloon !== null && balloon.driver !== "vmware";
}
