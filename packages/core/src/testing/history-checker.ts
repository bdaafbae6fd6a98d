import { type EventBatch, EventCode, type KnownEvents } from "../events/index.ts";
import { LARGE_PAGE_PAGES } from "../ids/index.ts";
import { applyBatch, MachineTables, machineFacts, OWNER_SHARED, tableColumns } from "../memory/index.ts";
import { METRICS } from "../metrics/index.ts";
import { MetricFold } from "../projections/index.ts";
import { DecisionChecker } from "./decision-checker.ts";
import { metricsOf } from "./machine-metrics.ts";
import { findMachineFaults } from "./machine-invariants.ts";
import { RightsChecker } from "./rights-checker.ts";

/**
 * Follows a history batch by batch as a reader would: folds the events on its own, and notes what must never happen.
 * Call `check` after each batch with the tables of the machine that made the events.
 */
export class HistoryChecker {
  readonly folded = new MachineTables();
  private readonly figures = new MetricFold();
  readonly faults: string[] = [];
  private nextPosition = 1;
  private lastTimeNs = 0;
  /** Per frame: the VM that had it last, and whether it was zeroed since. */
  private readonly lastOwner = new Map<number, number>();
  private readonly zeroed = new Set<number>();
  private readonly rights = new RightsChecker();
  private readonly decisions = new DecisionChecker();
  /** Per shared frame: what it holds. */
  private readonly sharedContent = new Map<number, number>();

  check(batch: KnownEvents, tables: MachineTables): void {
    if (batch.firstPosition !== this.nextPosition) {
      this.faults.push(`a batch begins at ${batch.firstPosition}, expected ${this.nextPosition}`);
    }
    this.nextPosition += batch.length;
    for (let i = 0; i < batch.length; i++) {
      this.checkEvent(batch, i);
      const { types, timesNs, vms, processes, a, b, c, d } = batch;
      this.figures.apply(types[i], timesNs[i], vms[i], processes[i], a[i], b[i], c[i], d[i]);
    }
    applyBatch(this.folded, batch);
    this.faults.push(...findMachineFaults(this.folded), ...findDifferences(this.folded, tables));
    this.checkFigures();
  }

  private checkEvent(batch: EventBatch, i: number): void {
    const position = batch.firstPosition + i;
    const timeNs = batch.timesNs[i];
    if (timeNs < this.lastTimeNs) this.faults.push(`time goes back at position ${position}: ${timeNs}`);
    this.lastTimeNs = timeNs;
    const fault = this.rights.findFault(batch, i) ?? this.decisions.findFault(batch, i);
    if (fault !== undefined) this.faults.push(`${fault}, at position ${position}`);
    const frame = batch.b[i];
    switch (batch.types[i]) {
      case EventCode.FrameZeroed:
        this.zeroed.add(frame);
        return;
      case EventCode.FrameUnmapped:
        return this.left(frame, batch.vms[i]);
      case EventCode.SwapPageReadAhead:
        // The device overwrites all of the frame with a page of this VM.
        return this.left(frame, batch.vms[i]);
      case EventCode.FrameShared:
        this.sharedContent.set(frame, batch.d[i]);
        return;
      case EventCode.PageShared:
        this.checkEqual(batch.c[i], batch.d[i], position);
        return this.left(frame, batch.vms[i]);
      case EventCode.SharedFrameUnmapped:
        // Whichever VM gets it next, another may have known its content.
        return batch.d[i] === 0 ? this.left(frame, OWNER_SHARED) : undefined;
      case EventCode.FrameMapped:
        return this.checkHandover(frame, batch.vms[i], position);
      case EventCode.LargePageMapped:
        for (let page = 0; page < LARGE_PAGE_PAGES; page++) this.checkHandover(frame + page, batch.vms[i], position);
        return;
      default:
    }
  }

  private checkHandover(frame: number, vm: number, position: number): void {
    const before = this.lastOwner.get(frame);
    if (before === undefined || before === vm || this.zeroed.has(frame)) return;
    this.faults.push(`frame ${frame} goes from VM ${before} to VM ${vm} unzeroed at position ${position}`);
  }

  /** A frame has left a VM with whatever it held. */
  private left(frame: number, vm: number): void {
    this.lastOwner.set(frame, vm);
    this.zeroed.delete(frame);
  }

  /** No VM may see another's content, but for content that it has itself. */
  private checkEqual(frame: number, content: number, position: number): void {
    const shared = this.sharedContent.get(frame);
    if (shared === content) return;
    this.faults.push(`a page of content ${content} gets shared frame ${frame} of ${shared} at position ${position}`);
  }

  private checkFigures(): void {
    const folded = [[...this.figures.host], ...this.figures.vms.map((figures) => [...figures])];
    metricsOf(this.folded).forEach((figures, vm) => {
      const at = figures.findIndex((value, place) => value !== folded[vm]?.[place]);
      if (at < 0) return;
      const name = (vm === 0 ? METRICS.host : METRICS.vm)[at];
      this.faults.push(`${name} of VM ${vm} is folded as ${folded[vm]?.[at]}, the tables have ${figures[at]}`);
    });
  }
}

/** Where two machines' tables differ, as sentences: the facts, or the first entry of each column. */
export function findDifferences(left: MachineTables, right: MachineTables): string[] {
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
