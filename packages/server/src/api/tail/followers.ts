import { BallastError, type ErrorCode } from "@ballast/core/errors";
import type { Logger } from "pino";
import type { Limits } from "../limits/limits.ts";
import { Follower, type FollowerOptions, type Interruption } from "./follower.ts";
import type { Transport } from "./sink.ts";

/** `completed`: it has the whole history that it asked for. `client_gone`: its client ended the connection or the operation. */
export type FollowerEnd = "completed" | "client_gone" | ErrorCode;

export type EndedFollower = { readonly transport: Transport; readonly end: FollowerEnd };

const CHECK_MS = 1_000;
/** A reader that was ended because it does not read gets this long to take what is on its way and the reason. */
const GRACE_MS = 10_000;

type Options = {
  readonly limits: Pick<Limits, "readerStallMs" | "readerBufferBytes">;
  readonly logger: Logger;
  readonly closing: AbortSignal;
};

/** All readers of histories of one server: who they are, and which of them do not read. */
export class Followers {
  readonly #options: Options;
  readonly #open = new Set<Follower>();
  /** The furthest position known of each log that is followed. */
  readonly #heads = new Map<number, number>();
  #check: NodeJS.Timeout | undefined;
  #whenNone: (() => void) | undefined;
  /** Hears of every reader that ends. */
  onEnd: (ended: EndedFollower) => void = () => undefined;

  constructor(options: Options) {
    this.#options = options;
  }

  /** One of `complete`, `interrupt` and `leave` must be called for it; the first of them counts. */
  open(options: Omit<FollowerOptions, "isServerClosing">): Follower {
    const follower = new Follower({ ...options, isServerClosing: () => this.#options.closing.aborted });
    this.#open.add(follower);
    this.#check ??= setInterval(() => this.#cutThoseWhoDoNotRead(performance.now()), CHECK_MS).unref();
    return follower;
  }

  /** The reader has everything that it asked for. */
  complete(follower: Follower): void {
    this.#close(follower, "completed");
  }

  /** The reader's client has ended it. */
  leave(follower: Follower): void {
    this.#close(follower, "client_gone");
  }

  /** Ends a reader early because of an error. Returns what it is to be told; undefined: its client has gone. */
  interrupt(follower: Follower, error: unknown): Interruption | undefined {
    const interruption = follower.interruptionBy(error);
    this.#close(follower, interruption?.code ?? "client_gone", error);
    return interruption;
  }

  /** Notes how far a log is. */
  learnHead(logId: number, position: number): void {
    this.#heads.set(logId, Math.max(this.headOf(logId), position));
  }

  headOf(logId: number): number {
    return this.#heads.get(logId) ?? 0;
  }

  /** Open readers of a transport. */
  count(transport: Transport): number {
    return [...this.#open].filter(({ sink }) => sink.transport === transport).length;
  }

  /** Events between the readers and the heads of their logs, of all readers together. */
  get backlogEvents(): number {
    return [...this.#open].reduce((sum, { run, position }) => sum + Math.max(this.headOf(run.logId) - position, 0), 0);
  }

  /** Bytes that were written for readers and that their sockets have not taken. */
  get bufferedBytes(): number {
    const sinks = new Set([...this.#open].map(({ sink }) => sink));
    return [...sinks].reduce((sum, sink) => sum + sink.pendingBytes(), 0);
  }

  /** Comes back when no reader is left, at the latest after a time. */
  async untilNone(maxMs: number): Promise<void> {
    if (this.#open.size === 0) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, maxMs);
      this.#whenNone = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  #close(follower: Follower, end: FollowerEnd, error?: unknown): void {
    if (!this.#open.delete(follower)) return;
    this.#report(follower, end, error);
    follower.release();
    if (this.#open.size === 0) this.#rest();
  }

  #rest(): void {
    clearInterval(this.#check);
    this.#check = undefined;
    this.#heads.clear();
    this.#whenNone?.();
  }

  #report({ run, position, sink }: Follower, end: FollowerEnd, error: unknown): void {
    this.onEnd({ transport: sink.transport, end });
    const line = { run: run.id, transport: sink.transport, end, position };
    const { logger } = this.#options;
    if (end === "INTERNAL") logger.error({ ...line, err: error }, "a reader was ended in a way that should not happen");
    else if (end === "completed" || end === "client_gone" || end === "SERVER_CLOSING") logger.info(line, "a reader has ended");
    else logger.warn(line, "a reader was ended before its history was");
  }

  #cutThoseWhoDoNotRead(nowMs: number): void {
    const { readerStallMs, readerBufferBytes } = this.#options.limits;
    const blocked = [...this.#open]
      .map((follower) => ({ follower, ms: follower.blockedMs(nowMs), bytes: follower.sink.pendingBytes() }))
      .filter(({ ms }) => ms > 0)
      .sort((left, right) => right.ms - left.ms);
    let buffered = this.bufferedBytes;
    for (const { follower, ms, bytes } of blocked) {
      const isOver = buffered > readerBufferBytes;
      if (ms < readerStallMs && !isOver) return;
      this.#cut(follower, ms, isOver ? buffered : undefined);
      buffered -= bytes;
    }
  }

  #cut(follower: Follower, ms: number, bufferedBytes: number | undefined): void {
    const { readerStallMs, readerBufferBytes } = this.#options.limits;
    const why =
      bufferedBytes === undefined
        ? `the limit is ${readerStallMs} ms`
        : `${bufferedBytes} bytes wait for readers that do not read; the limit is ${readerBufferBytes}`;
    const message = `the reader has taken nothing of what it was sent for ${Math.round(ms)} ms (${why}): continue after the cursor, and read faster`;
    follower.cut(new BallastError("READER_TOO_SLOW", message));
    // It is told when its socket takes something again, which may be never: it counts as ended from now on.
    this.#close(follower, "READER_TOO_SLOW");
    setTimeout(() => follower.sink.pendingBytes() > 0 && follower.sink.destroy(), GRACE_MS).unref();
  }
}
