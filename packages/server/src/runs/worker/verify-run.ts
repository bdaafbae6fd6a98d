import { setImmediate as turn } from "node:timers/promises";
import { BallastError } from "@ballast/core/errors";
import { type EventBatch, EventCode, eventType } from "@ballast/core/events";
import { createKernel, type KernelInput } from "@ballast/core/kernel";
import type { Pool } from "pg";
import {
  DigestChain,
  digestChainAt,
  eventAt,
  eventsNotKept,
  readRecordedEvents,
  readHead,
  type RunHead,
  verifyStoredDigest,
} from "../../event-store/index.ts";
import { readRun } from "../store/run-rows.ts";
import { cutBatch } from "./cut-batch.ts";
import { requireSameCatalogue } from "./recorded-catalogue.ts";
import { readRecordedCommands } from "./recorded-commands.ts";
import { reexecute } from "./reexecute.ts";

export type ReexecutedRun = { readonly positions: number; readonly digest: string };

/**
 * Compares every digest that is stored of a run with its events, then executes it again from its start, recorded commands
 * included, and compares every event with the one that is stored. A running one is verified up to where its head is now.
 * @throws BallastError HISTORY_DAMAGED with the first positions that are damaged or missing; RUN_DIVERGED with the first position
 * that differs.
 */
export async function verifyRun(pool: Pool, run: number, input: KernelInput): Promise<ReexecutedRun> {
  const head = await readHead(pool, run);
  if (head.figuresOnly !== null) return await makeAgain(pool, head.figuresOnly, input);
  await verifyStoredDigest(pool, run);
  await requireSameCatalogue(pool, head);
  const until = await reproducibleEnd(pool, head);
  const chain = new DigestChain();
  if (until > 0) await executeAgain(pool, run, input, until, chain);
  const digest = until === head.position ? head.digest : (await digestChainAt(pool, run, until)).chain.digest();
  if (chain.digest() !== digest) {
    throw new BallastError("RUN_DIVERGED", `Every number up to position ${until} is equal, but a text is not: the digests differ.`);
  }
  return { positions: head.position, digest: head.digest };
}

/** Of a run that keeps only its figures: makes its events again, and compares their number and digest. */
async function makeAgain(pool: Pool, id: string, input: KernelInput): Promise<ReexecutedRun> {
  const { headPosition, digest, status } = await readRun(pool, id);
  if (status !== "completed") throw eventsNotKept(id);
  const kernel = createKernel(input);
  const chain = new DigestChain();
  for (const batch of reexecute(kernel, [], headPosition)) {
    chain.update(cutBatch(batch, 0, batch.length, chain.textCount, kernel.machine.texts));
    await turn();
  }
  if (chain.lastPosition === headPosition && chain.digest() === digest) return { positions: headPosition, digest };
  throw new BallastError(
    "RUN_DIVERGED",
    `Executed again, the run makes ${chain.lastPosition} events with the digest ${chain.digest().slice(0, 12)}, where ${headPosition} with ` +
      `${digest.slice(0, 12)} are recorded. It was made by another version of Ballast or of its policy.`,
  );
}

async function executeAgain(pool: Pool, run: number, input: KernelInput, until: number, chain: DigestChain): Promise<void> {
  const kernel = createKernel(input);
  const commands = await readRecordedCommands(pool, run, 0, until);
  const stored = new StoredEvents(readRecordedEvents(pool, run, { to: until }));
  for (const batch of reexecute(kernel, commands, until)) {
    const known = Math.min(batch.length, until - batch.firstPosition + 1);
    const part = cutBatch(batch, 0, known, chain.textCount, kernel.machine.texts);
    chain.update(part);
    await stored.compare(part);
    await turn();
  }
}

/** A RunFailed event that the executor appended (a policy that did not come back, say) is no deed of the simulation. */
async function reproducibleEnd(pool: Pool, head: RunHead): Promise<number> {
  if (head.position === 0) return 0;
  const last = await eventAt(pool, head.run, head.position);
  return last.types[0] === EventCode.RunFailed ? head.position - 1 : head.position;
}

const COLUMNS = ["types", "timesNs", "vms", "processes", "a", "b", "c", "d", "decisions"] as const;

/** The stored events, read along. */
class StoredEvents {
  readonly #batches: AsyncIterator<EventBatch>;
  #batch: EventBatch | undefined;

  constructor(batches: AsyncIterable<EventBatch>) {
    this.#batches = batches[Symbol.asyncIterator]();
  }

  async compare(again: EventBatch): Promise<void> {
    for (let i = 0; i < again.length;) {
      const batch = await this.#at(again.firstPosition + i);
      const from = again.firstPosition + i - batch.firstPosition;
      const count = Math.min(again.length - i, batch.length - from);
      const differing = findDifference(batch, from, again, i, count);
      if (differing >= 0) throw diverged(batch, from + differing, again, i + differing);
      i += count;
    }
  }

  async #at(position: number): Promise<EventBatch> {
    while (this.#batch === undefined || this.#batch.lastPosition < position) {
      const next = await this.#batches.next();
      if (next.done === true) {
        throw new BallastError("RUN_DIVERGED", `The re-execution makes an event at position ${position}, where the history has none.`);
      }
      this.#batch = next.value;
    }
    return this.#batch;
  }
}

/** The first of `count` events that differs, counted from 0; -1 if none does. */
function findDifference(stored: EventBatch, from: number, again: EventBatch, againFrom: number, count: number): number {
  let first = count;
  for (const column of COLUMNS) {
    const [left, right] = [stored[column], again[column]];
    for (let i = 0; i < first; i++) {
      if (left[from + i] !== right[againFrom + i]) first = i;
    }
  }
  return first === count ? -1 : first;
}

function diverged(stored: EventBatch, index: number, again: EventBatch, againIndex: number): BallastError {
  const position = stored.firstPosition + index;
  return new BallastError(
    "RUN_DIVERGED",
    `Position ${position} is the first that differs: ${describe(stored, index)} is stored, the re-execution gives ` +
      `${describe(again, againIndex)}. The run was made by another version of Ballast or of its policy, or its ` +
      "history was changed.",
  );
}

function describe(batch: EventBatch, index: number): string {
  const figures = COLUMNS.slice(1).map((column) => `${column} ${batch[column][index]}`);
  return `${eventType(batch.types[index] ?? 0).name} (${figures.join(", ")})`;
}
