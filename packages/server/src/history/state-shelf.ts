import type { MachineTables } from "@ballast/core/memory";
import { ByteCache } from "./byte-cache.ts";
import { allColumns } from "./full-tables.ts";
import type { SpareBuffers } from "./spare-buffers.ts";

/** A state on loan. After `release` it must not be looked at any more: its memory may serve another one. */
export type StateLease = { readonly machine: MachineTables; release(): void };

type Use = { borrowers: number; isKept: boolean; isOffShelf: boolean };

/**
 * States that were asked for lately. The memory of one that has fallen off and that nobody borrows goes to the spare
 * buffers; one that was ever handed out for keeps is left to the garbage collector.
 */
export class StateShelf {
  private readonly states: ByteCache<MachineTables>;
  private readonly spares: SpareBuffers;
  private readonly uses = new WeakMap<MachineTables, Use>();

  constructor(maxBytes: number, sizeOf: (machine: MachineTables) => number, spares: SpareBuffers) {
    this.spares = spares;
    this.states = new ByteCache(maxBytes, sizeOf, (machine) => {
      const use = this.useOf(machine);
      use.isOffShelf = true;
      this.recycle(machine, use);
    });
  }

  async keep(key: string, make: () => Promise<MachineTables>): Promise<MachineTables> {
    const machine = await this.states.get(key, make);
    this.useOf(machine).isKept = true;
    return machine;
  }

  async borrow(key: string, make: () => Promise<MachineTables>): Promise<StateLease> {
    const machine = await this.states.get(key, make);
    const use = this.useOf(machine);
    use.borrowers++;
    let isReleased = false;
    const release = (): void => {
      if (isReleased) return;
      isReleased = true;
      use.borrowers--;
      this.recycle(machine, use);
    };
    return { machine, release };
  }

  private recycle(machine: MachineTables, { borrowers, isKept, isOffShelf }: Use): void {
    if (borrowers > 0 || isKept || !isOffShelf) return;
    for (const { values } of allColumns(machine)) this.spares.give(values);
  }

  private useOf(machine: MachineTables): Use {
    const known = this.uses.get(machine);
    if (known !== undefined) return known;
    const use = { borrowers: 0, isKept: false, isOffShelf: false };
    this.uses.set(machine, use);
    return use;
  }
}
