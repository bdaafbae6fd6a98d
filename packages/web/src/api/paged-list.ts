import { signal } from "@preact/signals";
import { isAbort } from "./api-error.ts";

/** One page of a list with cursors, as every connection of the API answers it. */
export type Page<Item> = {
  readonly nodes: readonly Item[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
};

export type AskPage<Item> = (after: string | null, signal: AbortSignal) => Promise<Page<Item>>;

/** What is loaded of a list so far. */
export type Loaded<Item> = {
  readonly items: readonly Item[];
  /** Undefined: the first page is not there yet. */
  readonly hasMore: boolean | undefined;
  readonly isLoading: boolean;
  readonly error: unknown;
};

/** A list that is loaded page by page, in the order of its cursors. */
export class PagedList<Item> {
  readonly loaded = signal<Loaded<Item>>({ items: [], hasMore: undefined, isLoading: false, error: undefined });
  readonly #ask: AskPage<Item>;
  readonly #abort = new AbortController();
  #end: string | null = null;

  constructor(ask: AskPage<Item>) {
    this.#ask = ask;
  }

  /** Loads the next page, or after an error the same one again; a page without items that has a successor is passed over. */
  async loadMore(): Promise<void> {
    const { isLoading, hasMore, items } = this.loaded.peek();
    if (isLoading || hasMore === false || this.#abort.signal.aborted) return;
    this.#change({ isLoading: true });
    try {
      const added = await this.#nextItems();
      this.#change({ items: [...items, ...added.nodes], hasMore: added.pageInfo.hasNextPage, isLoading: false, error: undefined });
    } catch (error) {
      if (!isAbort(error)) this.#change({ isLoading: false, error });
    }
  }

  close(): void {
    this.#abort.abort();
  }

  async #nextItems(): Promise<Page<Item>> {
    for (;;) {
      const page = await this.#ask(this.#end, this.#abort.signal);
      this.#end = page.pageInfo.endCursor;
      if (page.nodes.length > 0 || !page.pageInfo.hasNextPage) return page;
    }
  }

  #change(changes: Partial<Loaded<Item>>): void {
    this.loaded.value = { ...this.loaded.peek(), ...changes };
  }
}
