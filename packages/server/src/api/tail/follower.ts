import type { Keeps } from "../../runs/index.ts";
import { BallastError, type ErrorCode } from "@ballast/core/errors";
import { ballastErrorOf } from "../errors/ballast-error-of.ts";
import { encodeCursor } from "../paging/cursor.ts";
import type { Sink } from "./sink.ts";

/** A reader with so few events before it is at the end of its history: at most one commit's. */
const LIVE_EVENTS = 65_536;

/** Why a reader is ended before its history is, and where it can continue. */
export type Interruption = {
  readonly code: ErrorCode;
  readonly message: string;
  /** Position of the last event that was sent; 0: none was. */
  readonly position: number;
  /** The same as `after` for another request. */
  readonly nextCursor: string;
};

export type FollowerOptions = {
  readonly sink: Sink;
  readonly run: { readonly id: string; readonly logId: number; readonly keeps: Keeps };
  /** Position of the last event that the reader has. */
  readonly after: number;
  /** Aborts when the client has gone or the server closes. */
  readonly signal: AbortSignal;
  readonly isServerClosing: () => boolean;
};

/** One reader of a history: where it is, and whether it takes what it is sent. */
export class Follower {
  readonly run: FollowerOptions["run"];
  readonly sink: Sink;
  readonly #parent: AbortSignal;
  readonly #isServerClosing: () => boolean;
  readonly #controller = new AbortController();
  #position: number;
  #blockedSinceMs: number | undefined;
  #positionWhenBlocked = 0;
  readonly #followParent = (): void => this.#controller.abort(this.#parent.reason);

  constructor({ sink, run, after, signal, isServerClosing }: FollowerOptions) {
    this.run = run;
    this.sink = sink;
    this.#position = after;
    this.#parent = signal;
    this.#isServerClosing = isServerClosing;
    if (signal.aborted) this.#followParent();
    else signal.addEventListener("abort", this.#followParent, { once: true });
  }

  /** Aborts when the reader is to end. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Of the last event that was sent. */
  get position(): number {
    return this.#position;
  }

  /** The events up to a position were sent. */
  advance(position: number): void {
    this.#position = Math.max(this.#position, position);
  }

  isLive(head: number): boolean {
    return head - this.#position <= LIVE_EVENTS;
  }

  /** How long the same message has waited for the client to take it, in ms; called every second or so. */
  blockedMs(nowMs: number): number {
    const isBlocked = this.sink.pendingBytes() > 0;
    if (!isBlocked || this.#positionWhenBlocked !== this.#position) this.#blockedSinceMs = undefined;
    if (!isBlocked) return 0;
    this.#positionWhenBlocked = this.#position;
    this.#blockedSinceMs ??= nowMs;
    return nowMs - this.#blockedSinceMs;
  }

  /** Ends the reader with a reason that it will be told. */
  cut(reason: BallastError): void {
    this.#controller.abort(reason);
  }

  /** What the reader is told, after an error of following; undefined: its client has gone. */
  interruptionBy(error: unknown): Interruption | undefined {
    const isClientGone = this.#parent.aborted && !this.#isServerClosing();
    if (isClientGone) return undefined;
    const { code, message } = ballastErrorOf(this.signal.aborted ? this.signal.reason : error) ?? UNEXPECTED;
    return { code, message, position: this.#position, nextCursor: encodeCursor(this.run.id, this.#position) };
  }

  release(): void {
    this.#parent.removeEventListener("abort", this.#followParent);
  }
}

const UNEXPECTED = new BallastError("INTERNAL", "Something went wrong inside the server; its log has the reason.");
