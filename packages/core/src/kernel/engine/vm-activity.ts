import { assert } from "../../assert/index.ts";
import type { HostRuntime } from "../state/host-runtime.ts";
import type { VmRuntime } from "../state/vm-runtime.ts";
import { NEVER } from "../structures/never.ts";
import { TimeTree } from "../structures/time-tree.ts";

/** What a VM has to do: accesses of its workload, accesses that it may not make now, or neither. */
const Work = { None: 0, Ready: 1, Suspended: 2 } as const;

/**
 * When each VM does something next, and how many have work: kept up to date, so that an action costs the same however many VMs
 * there are. Code that gives a VM something to do calls `changed`; code that may change any VM calls `changedAny`.
 */
export class VmActivity {
  readonly #host: HostRuntime;
  readonly #next = new TimeTree();
  /** Per VM by number - 1. */
  readonly #work: number[] = [];
  /** VMs per kind of work. */
  readonly #counts = [0, 0, 0];
  #isStale = true;

  constructor(host: HostRuntime) {
    this.#host = host;
  }

  /** The VM has done something, was switched on, or may do its next thing at another time after a decision. Undefined: none has or may. */
  changed(vm: VmRuntime | undefined): void {
    if (vm !== undefined && !this.#isStale) this.#update(vm.memory.vm - 1);
  }

  /** A command was carried out: it may have changed VMs, or added one. */
  changedAny(): void {
    this.#isStale = true;
  }

  /** The VM with the lowest next time, the lowest number among equals; undefined if none does anything any more. */
  get furthestBehind(): VmRuntime | undefined {
    this.#updateStale();
    return this.#host.vms[this.#next.first];
  }

  /** When the furthest-behind of all other VMs does something; NEVER if none does. */
  othersNextNs(vm: VmRuntime): number {
    this.#updateStale();
    return this.#next.lowestExcept(vm.memory.vm - 1);
  }

  /** Some VM has accesses of its workload to make, now or at a known time. */
  get hasWork(): boolean {
    this.#updateStale();
    return this.#counts[Work.Ready] + this.#counts[Work.Suspended] > 0;
  }

  /** Some VM has work, and every one that has is suspended. */
  get isAllWorkSuspended(): boolean {
    return this.hasWork && this.#counts[Work.Ready] === 0;
  }

  /** Compares with a search through all VMs: for tests, since that costs what this class saves. */
  check(): void {
    const { vms } = this.#host;
    const first = this.furthestBehind;
    let found: VmRuntime | undefined;
    let ready = 0;
    let suspended = 0;
    for (const vm of vms) {
      if (vm === undefined) continue;
      if (vm.nextNs < (found?.nextNs ?? NEVER)) found = vm;
      if (vm.hasWork && vm.memory.isSuspended) suspended++;
      else if (vm.hasWork) ready++;
      const kept = this.#next.timeAt(vm.memory.vm - 1);
      assert(kept === vm.nextNs, () => `VM ${vm.memory.vm} does something next at ${vm.nextNs} ns, and ${kept} ns were kept`);
    }
    assert(found === first, () => `VM ${found?.memory.vm} is furthest behind, and VM ${first?.memory.vm} was found`);
    const [, readyKept, suspendedKept] = this.#counts;
    assert(
      ready === readyKept && suspended === suspendedKept,
      () => `${ready} VMs have work and ${suspended} suspended work, and ${readyKept} and ${suspendedKept} were counted`,
    );
  }

  #updateStale(): void {
    if (!this.#isStale) return;
    this.#isStale = false;
    for (let index = 0; index < this.#host.vms.length; index++) this.#update(index);
  }

  #update(index: number): void {
    const vm = this.#host.vms[index];
    this.#next.set(index, vm === undefined ? NEVER : vm.nextNs);
    const work = vm === undefined ? Work.None : workOf(vm);
    const before = this.#work[index];
    if (before === work) return;
    if (before !== undefined) this.#counts[before]--;
    this.#counts[work]++;
    this.#work[index] = work;
  }
}

function workOf(vm: VmRuntime): number {
  if (!vm.hasWork) return Work.None;
  return vm.memory.isSuspended ? Work.Suspended : Work.Ready;
}
