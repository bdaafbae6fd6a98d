import { SizedLruMap } from "../cache/sized-lru-map.ts";
import type { LogSlice } from "./log-slices.ts";

/** Bytes of messages kept for readers that are near each other, of all forms together. */
const REMEMBERED_BYTES = 32 * 2 ** 20;

/** A message as it is sent: made once for all readers of the same form at the same place. */
export class SharedMessages<Message> {
  readonly #sizeOf: (message: Message) => number;
  readonly #made = new SizedLruMap<string, Message>(REMEMBERED_BYTES);
  readonly #making = new Map<string, Promise<Message>>();

  constructor(sizeOf: (message: Message) => number) {
    this.#sizeOf = sizeOf;
  }

  /** `form` names everything beside the events that the message depends on. */
  async get(slice: LogSlice, form: string, make: () => Promise<Message> | Message): Promise<Message> {
    const key = `${slice.logId}:${slice.firstPosition}:${slice.lastPosition}:${form}`;
    const known = this.#made.get(key) ?? this.#making.get(key);
    if (known !== undefined) return await known;
    const making = Promise.resolve(make());
    this.#making.set(key, making);
    try {
      const message = await making;
      this.#made.set(key, message, this.#sizeOf(message));
      return message;
    } finally {
      this.#making.delete(key);
    }
  }
}
