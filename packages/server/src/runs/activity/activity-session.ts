import { setImmediate as turn } from "node:timers/promises";
import { BallastError } from "@ballast/core/errors";
import { type EventBatch, EventCode } from "@ballast/core/events";
import { createObservedKernel, type ObservedKernel, type PageActivity } from "@ballast/core/kernel";
import type { Pool } from "pg";
import { DigestChain, digestChainAt, eventAt, readHead } from "../../event-store/index.ts";
import { cutBatch } from "../worker/cut-batch.ts";
import { addTraces, type RunInput } from "../worker/kernel-input.ts";
import { requireSameCatalogue } from "../worker/recorded-catalogue.ts";
import { readRecordedCommands, type RecordedCommand } from "../worker/recorded-commands.ts";
import { reexecute } from "../worker/reexecute.ts";
import { KeptSnapshots } from "./kept-snapshots.ts";

/** Who asks for a position steps on and back from there: a snapshot is kept so many events before. */
const NEAR_EVENTS = 4_096;
/** A snapshot is kept after so much work besides, and after so many times the work that it takes itself. */
const SNAPSHOT_MS = 500;
const SNAPSHOT_SHARE = 10;
const MAX_SNAPSHOT_BYTES = 192 * 2 ** 20;

export type ActivityRequest = {
  readonly signal: AbortSignal;
  /** Hears how far the execution is, every some milliseconds. */
  readonly onReached: (position: number) => void;
};

/** One run that is executed again, onward from where the last question left it or from the nearest snapshot before. */
export class ActivitySession {
  readonly #pool: Pool;
  readonly #run: number;
  readonly #input: RunInput;
  readonly #snapshots = new KeptSnapshots(MAX_SNAPSHOT_BYTES);
  #commands: RecordedCommand[] = [];
  #commandsUpTo = 0;
  #observed: ObservedKernel;
  /** Events of the run's start, which a kernel makes before its first action. */
  readonly #startEvents: number;
  #chain = new DigestChain();
  #workMs = 0;
  #snapshotMs = 0;

  constructor(pool: Pool, run: number, input: RunInput) {
    this.#pool = pool;
    this.#run = run;
    this.#input = input;
    this.#observed = createObservedKernel(input);
    this.#startEvents = this.#observed.kernel.machine.position;
  }

  /**
   * When each page was last accessed, and which are dirty, as of the event at a position, which must not be above the head.
   * @throws BallastError RUN_DIVERGED unless the events up to there are those that are stored, by their digest; HISTORY_DAMAGED; the signal's
   * reason, after which the session can be asked again.
   */
  async activityAt(position: number, request: ActivityRequest): Promise<PageActivity> {
    const { target, timeNs } = await this.#prepare(position);
    if (target < this.#startEvents) return createObservedKernel(this.#input).activityAtStart(target);
    this.#begin(target);
    const found = await this.#executeTo(target, request);
    const { chain } = await digestChainAt(this.#pool, this.#run, target);
    if (chain.digest() !== found.digest) throw differs(target);
    return { ...found.activity, position, timeNs: timeNs ?? found.activity.timeNs };
  }

  /**
   * Reads what has been added to the run. A RunFailed event may be the executor's, of a policy that did not come back; it changes no page, so
   * that the event before is as good.
   */
  async #prepare(position: number): Promise<{ target: number; timeNs?: number }> {
    const head = await readHead(this.#pool, this.#run);
    if (this.#commandsUpTo === 0) await requireSameCatalogue(this.#pool, head);
    if (head.position > this.#commandsUpTo) {
      this.#commands.push(...(await readRecordedCommands(this.#pool, this.#run, this.#commandsUpTo, head.position)));
      this.#commandsUpTo = head.position;
      await addTraces(this.#pool, this.#run, this.#input.traces);
    }
    if (position === 0 || position < head.position) return { target: position };
    const { types, timesNs } = await eventAt(this.#pool, this.#run, position);
    return types[0] === EventCode.RunFailed ? { target: position - 1, timeNs: timesNs[0]! } : { target: position };
  }

  /** Makes the kernel one that is before the event at a position: the one at hand, unless a snapshot is nearer. */
  #begin(position: number): void {
    const snapshot = this.#snapshots.latestBefore(position);
    const at = this.#observed.kernel.machine.position;
    if (at < position && (snapshot === undefined || snapshot.position <= at)) return;
    this.#observed = createObservedKernel(this.#input, snapshot?.observed);
    this.#chain = snapshot === undefined ? new DigestChain() : DigestChain.restore(snapshot.chain);
  }

  async #executeTo(target: number, request: ActivityRequest): Promise<{ activity: PageActivity; digest: string }> {
    const { kernel, observeAt } = this.#observed;
    const at = kernel.machine.position;
    // Who plays onward in small steps goes back in small steps, too.
    if (at - (this.#snapshots.latestBefore(target)?.position ?? 0) > NEAR_EVENTS) this.#save();
    this.#workMs = performance.now();
    const activity = observeAt(target);
    let digest: string | undefined;
    for (const until of [target - NEAR_EVENTS, target]) {
      if (kernel.machine.position >= until && kernel.pendingEvents === 0) continue;
      for (const batch of reexecute(kernel, this.#commandsUntil(until), until)) {
        digest = this.#hash(batch, target) ?? digest;
        this.#saveNowAndThen();
        request.onReached(kernel.machine.position);
        await turn();
        request.signal.throwIfAborted();
      }
      if (until > 0 && until < target) this.#save();
    }
    if (digest === undefined) throw differs(target);
    return { activity: activity(), digest };
  }

  #commandsUntil(until: number): RecordedCommand[] {
    const { position: at } = this.#observed.kernel.machine;
    return this.#commands.filter(({ position }) => position > at && position <= until);
  }

  /** The digest at the target, if the batch holds it. */
  #hash(batch: EventBatch, target: number): string | undefined {
    const { texts } = this.#observed.kernel.machine;
    const known = Math.max(0, Math.min(batch.length, target - batch.firstPosition + 1));
    const update = (from: number, end: number): void => void this.#chain.update(cutBatch(batch, from, end, this.#chain.textCount, texts));
    if (known > 0) update(0, known);
    const digest = this.#chain.lastPosition === target ? this.#chain.digest() : undefined;
    if (known < batch.length) update(known, batch.length);
    return digest;
  }

  #saveNowAndThen(): void {
    const nowMs = performance.now();
    if (nowMs - this.#workMs < Math.max(SNAPSHOT_MS, SNAPSHOT_SHARE * this.#snapshotMs)) return;
    this.#save();
  }

  #save(): void {
    if (!this.#snapshots.hasRoom) return;
    const startedMs = performance.now();
    const { position } = this.#observed.kernel.machine;
    this.#snapshots.add({ position, observed: this.#observed.save(), chain: this.#chain.save() });
    this.#workMs = performance.now();
    this.#snapshotMs = this.#workMs - startedMs;
  }
}

function differs(position: number): BallastError {
  return new BallastError(
    "RUN_DIVERGED",
    `Executed again, the run does not give the events that are stored up to position ${position}, so that nothing is known of its dirty and accessed ` +
      "pages. It was made by another version of Ballast or of its policy; verify it to see the first position that differs.",
  );
}
