import { isRecord, type Json } from "./form/json-schema.ts";

/** What is written of a scenario, and what it began with. */
export type KeptDraft = { readonly initial: Json; readonly value: Json };
type Kept = { readonly last: string | undefined; readonly drafts: ReadonlyMap<string, KeptDraft> };
type Storage = Pick<globalThis.Storage, "getItem" | "setItem" | "removeItem">;

const KEY = "ballast-drafts";
/** Of the form of what is kept: drafts of another one are dropped. */
const VERSION = 1;

/** Drafts by the scenario that each began with, in the session's storage: they outlive a reload, and end with the tab. */
export class KeptDrafts {
  readonly #storage: Storage;
  readonly #drafts: Map<string, KeptDraft>;
  #last: string | undefined;
  /** Whether there were some that could not be read. */
  readonly hasDropped: boolean;

  constructor(storage: Storage) {
    this.#storage = storage;
    const text = storage.getItem(KEY);
    const kept = text === null ? undefined : parseKept(text);
    this.hasDropped = text !== null && kept === undefined;
    this.#drafts = new Map(kept?.drafts);
    this.#last = kept?.last;
    if (this.hasDropped) storage.removeItem(KEY);
  }

  /** The scenario of the draft that was changed last. */
  get last(): string | undefined {
    return this.#last;
  }

  find(from: string): KeptDraft | undefined {
    return this.#drafts.get(from);
  }

  keep(from: string, draft: KeptDraft): void {
    this.#drafts.set(from, draft);
    this.#last = from;
    this.#write();
  }

  drop(from: string): void {
    if (!this.#drafts.delete(from)) return;
    if (this.#last === from) this.#last = undefined;
    this.#write();
  }

  #write(): void {
    try {
      const drafts = Object.fromEntries(this.#drafts);
      this.#storage.setItem(KEY, JSON.stringify({ version: VERSION, last: this.#last, drafts }));
    } catch {
      // Larger than browsers allow: the page has the draft still, and only a reload loses it.
      this.#storage.removeItem(KEY);
    }
  }
}

/** Undefined: it is not what this version writes. */
function parseKept(text: string): Kept | undefined {
  let kept: Json;
  try {
    kept = JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
  if (!isRecord(kept) || kept["version"] !== VERSION || !isRecord(kept["drafts"])) return undefined;
  const drafts = new Map<string, KeptDraft>();
  for (const [from, draft] of Object.entries(kept["drafts"])) {
    if (!isRecord(draft) || !isRecord(draft["initial"]) || !isRecord(draft["value"])) return undefined;
    drafts.set(from, { initial: draft["initial"], value: draft["value"] });
  }
  return { last: typeof kept["last"] === "string" ? kept["last"] : undefined, drafts };
}
