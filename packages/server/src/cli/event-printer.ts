import { viewEvent } from "@ballast/core/events";
import type { Pool } from "../database/index.ts";
import { type EventFilter, type EventSelection, selectEvents } from "../event-store/index.ts";
import { RunTexts } from "../history/index.ts";
import type { Output } from "./output/output.ts";
import { eventLine } from "./presentation/event-line.ts";
import { eventShape } from "./presentation/event-shape.ts";

/** Prints stored events one per line, batch by batch, so that any number of them needs little memory. */
export class EventPrinter {
  private readonly pool: Pool;
  private readonly run: number;
  private readonly output: Output;
  private readonly asJson: boolean;
  private readonly texts: RunTexts;
  private printedPosition = 0;

  /** `run` is the run's number in the event store. */
  constructor(output: Output, pool: Pool, run: number, asJson: boolean) {
    this.output = output;
    this.pool = pool;
    this.run = run;
    this.asJson = asJson;
    this.texts = new RunTexts(pool);
  }

  /** Returns how many events matched. */
  async print(filter: EventFilter): Promise<number> {
    let count = 0;
    for await (const selection of selectEvents(this.pool, this.run, filter)) {
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
    const texts = await this.texts.first(this.run, batch.firstTextId + batch.texts.length - 1);
    for (const index of indexes) {
      const event = viewEvent(batch, index, (id) => texts[id - 1] ?? "");
      await this.output.line(this.asJson ? JSON.stringify(eventShape(event)) : eventLine(event));
    }
  }
}
