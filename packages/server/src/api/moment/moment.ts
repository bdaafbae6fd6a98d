import type { MachineOutline, MachineTables } from "@ballast/core/memory";
import type { TableEntries, TableId } from "../../history/index.ts";
import type { Run } from "../../runs/index.ts";

/** A run's machine right after one of its events. */
export type Moment = {
  readonly run: Run;
  /** 0: before the first event. */
  readonly position: number;
  readonly timeNs: number;
  /** Its facts and counts: at hand for any host. */
  readonly outline: MachineOutline;
  /** Entries [first, end) of one of its tables; only some of their columns, if these are given. */
  readonly entries: (table: TableId, first: number, end: number, only?: readonly string[]) => Promise<TableEntries>;
  /**
   * All its tables, restored at the first use: only for what no entries answer. They are shared and must not be changed.
   * @throws BallastError QUERY_TOO_EXPENSIVE where the states of a request take too much memory.
   */
  readonly tables: () => Promise<MachineTables>;
};

/** Names one of a moment's tables in cursors. */
export function tableName(moment: Moment, table: string): string {
  return `${moment.run.id}/${moment.position}/${table}`;
}
