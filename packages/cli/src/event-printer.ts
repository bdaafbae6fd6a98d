import { viewEvent } from "@ballast/core/events";
import type { Pool } from "@ballast/server/database";
import type { EventFilter, EventSelection } from "@ballast/server/event-store";
import { RunTexts } from "@ballast/server/history";
import { type EventSlices, selectPageEvents } from "@ballast/server/history";
import { nameFields, PageNames } from "@ballast/server/runs/execution";
import type { Output } from "./output/output.ts";
import { eventLine } from "./presentation/event-line.ts";
import { eventShape } from "./presentation/event-shape.ts";

export type EventPrinterOptions = {
  readonly output: Output;
  readonly pool: Pool;
  /** The run's number in the event store. */
  readonly run: number;
  readonly asJson: boolean;
  readonly signal: AbortSignal;
};

/** Prints stored events one per line, batch by batch, so that any number of them needs little memory. */
export class EventPrinter {
  private readonly options: EventPrinterOptions;
  private readonly texts: RunTexts;
  private readonly pageNames: PageNames;
  private printedPosition = 0;

  constructor(options: EventPrinterOptions) {
    this.options = options;
    this.texts = new RunTexts(options.pool);
    this.pageNames = new PageNames(options.pool);
  }

  /** Returns how many events matched. Throws the signal's reason when it aborts. */
  async print(filter: EventFilter & EventSlices): Promise<number> {
    let count = 0;
    for await (const selection of selectPageEvents(this.options.pool, this.options.run, filter)) {
      await this.printSelection(selection);
      count += selection.indexes.length;
    }
    return count;
  }

  /** Prints what has come since the last call. */
  async printUpTo(position: number): Promise<void> {
    if (position <= this.printedPosition) return;
    await this.print({ from: this.printedPosition + 1, to: position });
    this.printedPosition = position;
  }

  private async printSelection({ batch, indexes }: EventSelection): Promise<void> {
    const { output, asJson, run, signal } = this.options;
    signal.throwIfAborted();
    if (indexes.length === 0) return;
    const texts = await this.texts.first(run, batch.firstTextId + batch.texts.length - 1);
    const nameOf = await this.pageNames.upTo(run, batch.lastPosition);
    for (const index of indexes) {
      signal.throwIfAborted();
      const event = nameFields(
        viewEvent(batch, index, (id) => texts[id - 1] ?? ""),
        nameOf,
      );
      await output.line(asJson ? JSON.stringify(eventShape(event)) : eventLine(event, (style, text) => output.paint(style, text)));
    }
  }
}
