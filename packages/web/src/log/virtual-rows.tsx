import { Component, type ComponentChildren } from "preact";
import { useEffect, useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import { Skeleton } from "../design/skeleton.tsx";
import { count as shown } from "../format/numbers.ts";
import { rowsInView, scrollToMiddle, scrollToRow, type Table, tableHeight, windowAt } from "./windowing.ts";

/** In the style sheet, too. */
const ROW_PX = 28;

export type Column = { readonly title: string; readonly isNumber?: boolean };

export type VirtualRowsProps<Item> = {
  readonly label: string;
  /** Names the widths of the columns in the style sheet. */
  readonly layout: string;
  readonly columns: readonly Column[];
  readonly count: number;
  /** What a row shows, the same object as long as it is the same; undefined: not loaded yet. */
  readonly itemAt: (index: number) => Item | undefined;
  readonly cells: (item: Item) => readonly ComponentChildren[];
  /** The row that is selected; -1: none. */
  readonly active: number;
  readonly onActive: (index: number) => void;
  readonly onOpen: (index: number) => void;
  /** Called with the rows that are drawn: from the first, up to the end (excluded). */
  readonly onRange: (first: number, end: number) => void;
};

/** A table of any number of rows, of which only those in view are drawn; it is used by keyboard as a list is. */
export function VirtualRows<Item>(props: VirtualRowsProps<Item>) {
  const { label, layout, columns, count, itemAt, cells, active, onActive, onOpen, onRange } = props;
  const id = useId();
  const { scroller, table, scrollTop, setScrollTop } = useScrolling(count);
  const { first, end, offset } = windowAt(table, scrollTop);
  useEffect(() => onRange(first, end), [first, end, count]);
  useReveal(props, scroller, table);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "Enter" && active >= 0) return onOpen(active);
    const next = rowByKey(event.key, active, Math.max(1, Math.floor(table.viewHeight / ROW_PX) - 1));
    if (next === undefined || count === 0) return;
    event.preventDefault();
    onActive(Math.max(0, Math.min(count - 1, next)));
  };
  const rows = Array.from({ length: Math.max(0, end - first) }, (_, row) => first + row);
  // The element of a row that leaves the view becomes that of one that enters it.
  const pool = rowsInView(table);
  return (
    <div
      ref={scroller}
      class={`rows ${layout}`}
      role="grid"
      tabIndex={0}
      aria-label={label}
      aria-rowcount={count + 1}
      aria-activedescendant={active >= first && active < end ? `${id}-${active}` : undefined}
      onScroll={(event) => setScrollTop(event.currentTarget.scrollTop)}
      onKeyDown={onKeyDown}
    >
      <div class="rows-head" role="row" aria-rowindex={1}>
        {columns.map(({ title, isNumber = false }) => (
          <span key={title} role="columnheader" class={isNumber ? "number" : undefined}>
            {title}
          </span>
        ))}
      </div>
      <div class="rows-height" role="rowgroup" style={{ height: `${tableHeight(table)}px` }}>
        <div style={{ transform: `translateY(${offset}px)` }} role="presentation">
          {rows.map((index) => (
            <Row
              key={index % pool}
              id={`${id}-${index}`}
              index={index}
              columns={columns}
              item={itemAt(index)}
              cells={cells}
              isActive={index === active}
              onPick={onOpen}
            />
          ))}
        </div>
      </div>
    </div>
  );
}

type RowProps<Item> = Pick<VirtualRowsProps<Item>, "columns" | "cells"> & {
  readonly id: string;
  readonly index: number;
  readonly item: Item | undefined;
  readonly isActive: boolean;
  readonly onPick: (index: number) => void;
};

class Row<Item> extends Component<RowProps<Item>> {
  /** Most rows stay the same while the table is scrolled: comparing what they show costs less than drawing them. */
  override shouldComponentUpdate({ id, item, isActive }: RowProps<Item>): boolean {
    return id !== this.props.id || item !== this.props.item || isActive !== this.props.isActive;
  }

  render() {
    const { id, index, columns, item, cells, isActive, onPick } = this.props;
    const shownCells = item === undefined ? undefined : cells(item);
    return (
      <div id={id} class="rows-row" role="row" aria-rowindex={index + 2} aria-selected={isActive} onClick={() => onPick(index)}>
        {columns.map(({ title, isNumber = false }, column) => (
          <span key={title} role="gridcell" class={isNumber ? "number" : undefined}>
            {shownCells === undefined ? <Skeleton height={0.8} width={`${40 + ((index * 17 + column * 29) % 50)}%`} /> : shownCells[column]}
          </span>
        ))}
      </div>
    );
  }
}

function useScrolling(rows: number) {
  const scroller = useRef<HTMLDivElement>(null);
  const [scrollTop, setScrollTop] = useState(0);
  const [viewHeight, setViewHeight] = useState(20 * ROW_PX);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return undefined;
    // The head of the table stays in view and covers one row's height.
    const observer = new ResizeObserver(() => setViewHeight(Math.max(ROW_PX, element.clientHeight - ROW_PX)));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const table: Table = { rows, rowHeight: ROW_PX, viewHeight };
  return { scroller, table, scrollTop, setScrollTop };
}

/** Brings the selected row into view when another one is selected; the first one into the middle. */
function useReveal({ active }: { readonly active: number }, scroller: { readonly current: HTMLDivElement | null }, table: Table): void {
  const isFirst = useRef(true);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null || active < 0 || active >= table.rows) return;
    element.scrollTop = isFirst.current ? scrollToMiddle(table, active) : scrollToRow(table, element.scrollTop, active);
    isFirst.current = false;
  }, [active, table.rows === 0]);
}

/** The row to which a key leads; undefined: none of the table's keys. */
function rowByKey(key: string, active: number, page: number): number | undefined {
  switch (key) {
    case "ArrowDown":
      return active + 1;
    case "ArrowUp":
      return active - 1;
    case "PageDown":
      return active + page;
    case "PageUp":
      return active - page;
    case "Home":
      return 0;
    case "End":
      return Number.MAX_SAFE_INTEGER;
    default:
      return undefined;
  }
}

/** `1,234 events`, for the line above a table. */
export function rowCount(loaded: number, hasMore: boolean, noun: string): string {
  return `${shown(loaded)} ${noun}${hasMore ? " so far; more when you scroll" : ""}`;
}
