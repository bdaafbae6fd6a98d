import { type EventBatch, EventCode } from "../events/index.ts";
import { applyBatch, Machine, machineFacts, tableColumns } from "../memory/index.ts";
import { findMachineFaults } from "./machine-invariants.ts";
import { RightsChecker } from "./rights-checker.ts";

/**
 * Follows a history batch by batch as a reader would: folds the events on its own, and notes what must never happen.
 * Call `check` after each batch with the tables of whoever made the events.
 */
export class HistoryChecker {
  readonly folded = new Machine();
  readonly faults: string[] = [];
  private nextPosition = 1;
  private lastTimeNs = 0;
  /** Per frame: the VM that had it last, and whether it was zeroed since. */
  private readonly lastOwner = new Map<number, number>();
  private readonly zeroed = new Set<number>();
  private readonly rights = new RightsChecker();

  check(batch: EventBatch, tables: Machine): void {
    if (batch.firstPosition !== this.nextPosition) {
      this.faults.push(`a batch begins at ${batch.firstPosition}, expected ${this.nextPosition}`);
    }
    this.nextPosition += batch.length;
    for (let i = 0; i < batch.length; i++) this.checkEvent(batch, i);
    applyBatch(this.folded, batch);
    this.faults.push(...findMachineFaults(this.folded), ...findDifferences(this.folded, tables));
  }

  private checkEvent(batch: EventBatch, i: number): void {
    const position = batch.firstPosition + i;
    const timeNs = batch.timesNs[i];
    if (timeNs < this.lastTimeNs) this.faults.push(`time goes back at position ${position}: ${timeNs}`);
    this.lastTimeNs = timeNs;
    const fault = this.rights.findFault(batch, i);
    if (fault !== undefined) this.faults.push(`${fault}, at position ${position}`);
    const frame = batch.b[i];
    switch (batch.types[i]) {
      case EventCode.FrameZeroed:
        this.zeroed.add(frame);
        return;
      case EventCode.FrameUnmapped:
        this.lastOwner.set(frame, batch.vms[i]);
        this.zeroed.delete(frame);
        return;
      case EventCode.FrameMapped: {
        const before = this.lastOwner.get(frame);
        if (before === undefined || before === batch.vms[i] || this.zeroed.has(frame)) return;
        this.faults.push(`frame ${frame} goes from VM ${before} to VM ${batch.vms[i]} unzeroed at position ${position}`);
        return;
      }
      default:
    }
  }
}

/** Where two machines' tables differ, as sentences: the facts, or the first entry of each column. */
export function findDifferences(left: Machine, right: Machine): string[] {
  const differences: string[] = [];
  const facts = [JSON.stringify(machineFacts(left)), JSON.stringify(machineFacts(right))];
  if (facts[0] !== facts[1]) differences.push(`the facts differ: ${facts.join(" against ")}`);
  const others = tableColumns(right);
  for (const [index, { name, values }] of tableColumns(left).entries()) {
    const other = others[index]?.values;
    const at = other === undefined ? 0 : values.findIndex((value, entry) => value !== other[entry]);
    if (at >= 0 && values.length > 0) differences.push(`${name} differs at ${at}: ${values[at]} against ${other?.[at]}`);
  }
  return differences;
}
