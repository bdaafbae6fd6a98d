import { BallastError } from "@ballast/core/errors";
import type { WebSocket } from "ws";
import { turns } from "../api/turns.ts";
import type { Services } from "../api/services.ts";

/** What a client sends is left where it is while this much of what it was sent waits to be read. */
export const MAX_UNREAD_BYTES = 1024 * 1024;

/** One operation of a WebSocket. `signal` aborts when the client has gone or the server closes. */
export type SocketOperation = { readonly signal: AbortSignal; end(): void };

/** The operations of one WebSocket: counted, and ended with it. */
export class SocketOperations {
  readonly #socket: WebSocket;
  readonly #connection: ReturnType<Services["operations"]["openConnection"]>;
  readonly #gone = new AbortController();
  readonly #underWay = new Set<() => void>();

  constructor(socket: WebSocket, client: string, { operations, closing }: Pick<Services, "operations" | "closing">) {
    this.#socket = socket;
    this.#connection = operations.openConnection(client);
    const follow = (): void => this.#gone.abort(closing.reason);
    if (closing.aborted) follow();
    closing.addEventListener("abort", follow, { once: true });
    socket.once("close", () => {
      closing.removeEventListener("abort", follow);
      this.#gone.abort(new BallastError("SERVER_CLOSING", "the client has gone"));
      for (const end of this.#underWay) end();
    });
  }

  /** @throws BallastError TOO_MANY_OPERATIONS. */
  begin(): SocketOperation {
    if (turns.isOver()) this.#stopReading();
    const endCounting = this.#connection.begin();
    const end = (): void => {
      this.#underWay.delete(end);
      endCounting();
    };
    this.#underWay.add(end);
    return { signal: this.#gone.signal, end };
  }

  /** Until the event loop has turned: a packet may bring hundreds of operations. */
  #stopReading(): void {
    this.#socket.pause();
    setImmediate(() => {
      if (this.#socket.bufferedAmount <= MAX_UNREAD_BYTES) this.#socket.resume();
    });
  }
}

/** The same items; `end` is called once there are no more, or none are asked for any more. A `return` waits for no item. */
export function endingWith<Item>(items: AsyncIterable<Item>, end: () => void): AsyncGenerator<Item, void, void> {
  const iterator = items[Symbol.asyncIterator]() as AsyncIterator<Item, void, void>;
  const generator = {
    [Symbol.asyncIterator]: () => generator,
    next: async () => {
      try {
        const step = await iterator.next();
        if (step.done === true) end();
        return step;
      } catch (error) {
        end();
        throw error;
      }
    },
    return: async () => {
      end();
      await iterator.return?.();
      return { done: true, value: undefined } as const;
    },
    throw: async (error: unknown) => {
      end();
      await iterator.return?.();
      throw error;
    },
    [Symbol.asyncDispose]: async () => {
      await generator.return();
    },
  };
  return generator;
}
