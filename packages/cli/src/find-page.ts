import { BallastError } from "@ballast/core/errors";
import type { MachineOutline, ProcessOutline, VmOutline } from "@ballast/core/memory";
import type { Pool } from "@ballast/server/database";
import { realPagesOf } from "@ballast/server/history";
import { PageNames } from "@ballast/server/runs/execution";
import type { Run } from "@ballast/server/runs";
import type { PageText } from "./page-options.ts";

const SHOWN_NAMES = 20;
const NUMBER = /^[-+]?\d/;

/** A VM by its number or its name. @throws BallastError INPUT_INVALID that says which there are. */
export function findVm(machine: MachineOutline, text: string): VmOutline {
  const nameOf = (vm: VmOutline): string => machine.text(vm.nameText);
  return findNamed(text, machine.vms, { what: "VM", of: "at this moment", numberOf: ({ vm }) => vm, nameOf });
}

/** A process of a VM by its number or its name. @throws BallastError INPUT_INVALID that says which there are. */
export function findProcess(machine: MachineOutline, { vm, processes }: VmOutline, text: string): ProcessOutline {
  const nameOf = (process: ProcessOutline): string => machine.text(process.nameText);
  return findNamed(text, processes, { what: "process", of: `in VM ${vm} at this moment`, numberOf: ({ process }) => process, nameOf });
}

type Naming<Item> = {
  readonly what: string;
  readonly of: string;
  readonly numberOf: (item: Item) => number;
  readonly nameOf: (item: Item) => string;
};

function findNamed<Item>(text: string, items: readonly Item[], { what, of, numberOf, nameOf }: Naming<Item>): Item {
  const found = items.filter((item) => String(numberOf(item)) === text);
  // A name may begin with a digit, too.
  if (found.length === 0) found.push(...items.filter((item) => nameOf(item) === text));
  if (found.length === 1) return found[0]!;
  if (found.length > 1) {
    const numbers = found.map(numberOf).join(", ");
    throw new BallastError("INPUT_INVALID", `${found.length} of the name "${text}" are there ${of} (${numbers}): give the number.`);
  }
  const asked = NUMBER.test(text) ? text : `"${text}"`;
  throw new BallastError(
    "INPUT_INVALID",
    `There is no ${what} ${asked} ${of}; there ${listOf(items.map((item) => `${numberOf(item)} (${nameOf(item)})`))}.`,
  );
}

function listOf(names: readonly string[]): string {
  if (names.length === 0) return "is none";
  const more = names.length > SHOWN_NAMES ? `, and ${names.length - SHOWN_NAMES} more` : "";
  return `${names.length === 1 ? "is" : "are"} ${names.slice(0, SHOWN_NAMES).join(", ")}${more}`;
}

type Place = { readonly pool: Pool; readonly run: Run; readonly machine: MachineOutline; readonly process: ProcessOutline };

/** The number of a virtual page. @throws BallastError INPUT_INVALID beyond the process, or for a name that no page of it has. */
export async function findVirtualPage({ pool, run, machine, process }: Place, page: PageText): Promise<number> {
  const { vm, process: number, virtualPages } = process;
  if (typeof page === "number") return requireBelow(page, virtualPages, `Process ${number} of VM ${vm} has virtual pages`);
  const named = (await new PageNames(pool).list(run.logId, machine.position)).filter((each) => each.vm === vm && each.process === number);
  const found = named.find(({ name }) => name === page);
  if (found !== undefined) return found.virtualPage;
  const names = listOf(named.map(({ virtualPage, name }) => `${virtualPage} (${name})`));
  throw new BallastError(
    "INPUT_INVALID",
    `No page of process ${number} of VM ${vm} is called "${page}"; of those with names there ${names}.`,
  );
}

/** @throws BallastError INPUT_INVALID beyond the VM's memory. */
export function requireRealPage(vm: VmOutline, page: number): number {
  return requireBelow(page, realPagesOf(vm), `VM ${vm.vm} has real pages`);
}

/** @throws BallastError INPUT_INVALID beyond the host's memory. */
export function requireFrame({ frames }: MachineOutline, frame: number): number {
  return requireBelow(frame, frames.count, "The host has frames");
}

function requireBelow(page: number, count: number, what: string): number {
  if (page < count) return page;
  throw new BallastError("INPUT_INVALID", `${what} ${count === 0 ? "none" : `0 to ${count - 1}`}; there is no ${page}.`);
}
