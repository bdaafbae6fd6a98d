import type { MachineTables } from "@ballast/core/memory";
import { ByteCache } from "./byte-cache.ts";
import { columnsOf } from "./full-tables.ts";
import type { SpareBuffers } from "./spare-buffers.ts";

/** A state on lease. After `release` it must not be looked at any more: its memory may serve another one. */
export type StateLease = { readonly machine: MachineTables; release(): void };

type Use = { leases: number; isKept: boolean; isEvicted: boolean };

/**
 * States that were asked for lately. The memory of one that was evicted and that has no lease goes to the spare
 * buffers; one that was ever handed out for keeps is left to the garbage collector.
 */
export class StateCache {
  private readonly states: ByteCache<MachineTables>;
  private readonly spares: SpareBuffers;
  private readonly uses = new WeakMap<MachineTables, Use>();

  constructor(maxBytes: number, sizeOf: (machine: MachineTables) => number, spares: SpareBuffers) {
    this.spares = spares;
    this.states = new ByteCache(maxBytes, sizeOf, (machine) => {
      const use = this.useOf(machine);
      use.isEvicted = true;
      this.recycle(machine, use);
    });
  }

  async keep(key: string, make: () => Promise<MachineTables>): Promise<MachineTables> {
    const machine = await this.states.get(key, make);
    this.useOf(machine).isKept = true;
    return machine;
  }

  async lease(key: string, make: () => Promise<MachineTables>): Promise<StateLease> {
    const machine = await this.states.get(key, make);
    const use = this.useOf(machine);
    use.leases++;
    let isReleased = false;
    const release = (): void => {
      if (isReleased) return;
      isReleased = true;
      use.leases--;
      this.recycle(machine, use);
    };
    return { machine, release };
  }

  private recycle(machine: MachineTables, { leases, isKept, isEvicted }: Use): void {
    if (leases > 0 || isKept || !isEvicted) return;
    for (const { values } of columnsOf(machine)) this.spares.give(values);
  }

  private useOf(machine: MachineTables): Use {
    const known = this.uses.get(machine);
    if (known !== undefined) return known;
    const use = { leases: 0, isKept: false, isEvicted: false };
    this.uses.set(machine, use);
    return use;
  }
}
