import type { ExecutionResult } from "graphql";

const NAME = "ready-payload-";
/** How a message ends that has a stand-in: graphql-ws writes the payload last, and payloads of results are objects. */
const AT_END = /"payload":"(ready-payload-\d+)"\}$/;
const END_LENGTH = 60;

/**
 * Texts of results that equal subscriptions share. graphql-ws writes each message itself, and takes no payload that is written
 * already: it gets a stand-in of a few letters, and the text takes its place when the message is sent.
 */
export class ReadyPayloads {
  readonly #texts = new Map<string, string>();
  #count = 0;

  /** What to have written in place of a result: itself, if it has no text yet. */
  standInFor(result: ExecutionResult): object {
    const { stringify } = result as { readonly stringify?: () => string };
    if (stringify === undefined) return result;
    const name = `${NAME}${++this.#count}`;
    this.#texts.set(name, stringify());
    return { toJSON: () => name };
  }

  /** A message with the text that belongs into it. */
  fill(message: string): string {
    const [, name] = AT_END.exec(message.slice(-END_LENGTH)) ?? [];
    const text = name === undefined ? undefined : this.#texts.get(name);
    if (name === undefined || text === undefined) return message;
    this.#texts.delete(name);
    return `${message.slice(0, -(name.length + '""}'.length))}${text}}`;
  }
}
