import { LruMap } from "../../api/cache/lru-map.ts";

/** Documents whose syntax trees are kept, whatever their length. */
const MAX_DOCUMENTS = 1_024;

/** A syntax tree takes some 200 bytes for each character of its document. */
const MAX_CHARACTERS = 256 * 1024;

/** What was made of documents (syntax trees, errors), by their text: as many as fit, the latest used ones. */
export class DocumentCache<Value> {
  readonly #values = new LruMap<string, Value>(MAX_DOCUMENTS, (key) => this.#forget(key));
  readonly #maxCharacters: number;
  #characters = 0;

  constructor(maxCharacters: number = MAX_CHARACTERS) {
    this.#maxCharacters = maxCharacters;
  }

  get(text: string): Value | undefined {
    return this.#values.get(text);
  }

  /** One that takes more than a sixteenth of the room is not kept: it would drive out the small ones, which come again. */
  set(text: string, value: Value): void {
    if (text.length * 16 > this.#maxCharacters) return;
    if (this.#values.get(text) === undefined) this.#characters += text.length;
    this.#values.set(text, value);
    while (this.#characters > this.#maxCharacters) this.#values.deleteOldest();
  }

  #forget(text: string): void {
    this.#characters -= text.length;
  }
}
