import { assert } from "../../assert/index.ts";
import type { RealPage } from "../../ids/index.ts";
import { OBSERVED_ORDERS, type ObservedOrder, type PolicyRights } from "../../policy/index.ts";
import type { Scenario, VmSpec } from "../../scenario/index.ts";
import { PageList, type PageListState } from "../structures/page-list.ts";

export type VictimListsState = { readonly [Order in ObservedOrder]: PageListState | null };

/**
 * The orders of one VM that are kept as a list of its resident pages, the next victim at its head. Each list is there from
 * the VM's start or never: one that began later would not know in which order pages came, and when they were used.
 */
export class VictimLists {
  private readonly fifo: PageList | null;
  private readonly clock: PageList | null;
  /** Read by the hit loop: null unless it must be told of every access. */
  readonly lru: PageList | null;

  /** `orders`: those that are kept. The VM has no frame yet. */
  constructor(pages: number, orders: readonly ObservedOrder[]) {
    const list = (order: ObservedOrder): PageList | null => (orders.includes(order) ? new PageList(pages) : null);
    this.fifo = list("fifo");
    this.clock = list("clock");
    this.lru = list("lru");
  }

  /** @throws AssertionFailure for an order that is not kept. */
  list(order: ObservedOrder): PageList {
    const list = this[order];
    assert(list !== null, () => `the order ${order} is not kept: neither the policy nor the scenario declares it`);
    return list;
  }

  /** A page got a frame. */
  mapped(page: RealPage): void {
    this.fifo?.append(page);
    this.clock?.append(page);
    this.lru?.append(page);
  }

  unmapped(page: RealPage): void {
    this.fifo?.remove(page);
    this.clock?.remove(page);
    this.lru?.remove(page);
  }

  /** The VM's processor accessed a page that has a frame. */
  accessed(page: RealPage): void {
    this.lru?.moveToEnd(page);
  }

  save(): VictimListsState {
    const { fifo, clock, lru } = this;
    return { fifo: fifo?.save() ?? null, clock: clock?.save() ?? null, lru: lru?.save() ?? null };
  }

  load(state: VictimListsState): void {
    for (const order of OBSERVED_ORDERS) {
      const [list, saved] = [this[order], state[order]];
      assert((list === null) === (saved === null), () => `the snapshot was saved with other orders kept: ${order}`);
      if (saved !== null) list?.load(saved);
    }
  }
}

/** The lists of a VM that is switched on: of each order that can ever be asked for. */
export function createVictimLists({ mapping, host }: Scenario, rights: PolicyRights, spec: VmSpec): VictimLists {
  const orders = OBSERVED_ORDERS.filter((order) => order === host.limitOrder || rights.orders.includes(order));
  return new VictimLists(spec.configuredPages, mapping === "oneLevel" ? [] : orders);
}
