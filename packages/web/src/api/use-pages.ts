import { useEffect, useMemo, useRef } from "preact/hooks";
import { reconnections } from "./connection.ts";
import { type AskPage, type Loaded, PagedList } from "./paged-list.ts";

export type Pages<Item> = Loaded<Item> & {
  /** Whether these are the items of the list before, because the first page of this one is not there yet. */
  readonly isStale: boolean;
  readonly loadMore: () => void;
};

const NOTHING: Loaded<never> = { items: [], hasMore: false, isLoading: false, error: undefined };

/**
 * A list with cursors that is loaded page by page. Another `key` is another list; undefined: none. The list before stays until
 * the new one's first page is there, so that nothing jumps.
 */
export function usePages<Item>(key: string | undefined, ask: AskPage<Item>): Pages<Item> {
  const list = useMemo(() => (key === undefined ? undefined : new PagedList(ask)), [key]);
  const shown = useRef<readonly Item[]>([]);
  useEffect(() => {
    void list?.loadMore();
    return () => list?.close();
  }, [list]);
  useEffect(() => {
    if (list?.loaded.peek().error !== undefined) void list.loadMore();
  }, [list, reconnections.value]);
  const loaded: Loaded<Item> = list?.loaded.value ?? NOTHING;
  const isStale = list !== undefined && loaded.hasMore === undefined;
  if (!isStale) shown.current = loaded.items;
  return { ...loaded, items: isStale ? shown.current : loaded.items, isStale, loadMore: () => void list?.loadMore() };
}
