import { BallastError } from "@ballast/core/errors";
import type { Limits } from "./limits.ts";

type OperationLimits = Pick<Limits, "maxConnectionOperations" | "maxClientOperations">;

/** Ends the counting of an operation; may be called more than once. */
export type EndOperation = () => void;

/** How many operations each client has under way. A client is an address: behind a proxy it is the proxy. */
export class OperationsUnderWay {
  readonly #limits: OperationLimits;
  readonly #byClient = new Map<string, number>();

  constructor(limits: OperationLimits) {
    this.#limits = limits;
  }

  /** @throws BallastError TOO_MANY_OPERATIONS. */
  begin(client: string): EndOperation {
    const count = (this.#byClient.get(client) ?? 0) + 1;
    const { maxClientOperations } = this.#limits;
    if (count > maxClientOperations) throw tooMany(`${client} has ${maxClientOperations} operations under way, the limit for one address`);
    this.#byClient.set(client, count);
    return once(() => this.#end(client));
  }

  /** Counts those of one WebSocket, too. */
  openConnection(client: string): { begin(): EndOperation } {
    let count = 0;
    const { maxConnectionOperations } = this.#limits;
    const begin = (): EndOperation => {
      if (count >= maxConnectionOperations)
        throw tooMany(`this WebSocket has ${maxConnectionOperations} operations under way, the limit for one connection`);
      const end = this.begin(client);
      count++;
      return once(() => {
        count--;
        end();
      });
    };
    return { begin };
  }

  #end(client: string): void {
    const count = (this.#byClient.get(client) ?? 1) - 1;
    if (count > 0) this.#byClient.set(client, count);
    else this.#byClient.delete(client);
  }
}

function tooMany(found: string): BallastError {
  return new BallastError("TOO_MANY_OPERATIONS", `${found}: wait until some of them have ended`);
}

function once(work: () => void): () => void {
  let isDone = false;
  return () => {
    if (isDone) return;
    isDone = true;
    work();
  };
}
