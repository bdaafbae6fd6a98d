import type { MachineTables } from "@ballast/core/memory";
import type { Run } from "../../runs/index.ts";

/** The state of a run's machine right after one of its events. The machine is shared: nobody may change it. */
export type Moment = {
  readonly run: Run;
  /** 0: before the first event. */
  readonly position: number;
  readonly timeNs: number;
  readonly machine: MachineTables;
};

/** Names one of a moment's tables in cursors. */
export function tableName(moment: Moment, table: string): string {
  return `${moment.run.id}/${moment.position}/${table}`;
}
