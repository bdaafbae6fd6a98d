import type { MachineOutline, MachineTables } from "@ballast/core/memory";
import { type History, machineBytes, TableEntries, type TableId } from "../../history/index.ts";
import type { HeldStates } from "../limits/held-states.ts";

/** Parts of tables that are read before all tables are restored: one, and one for each of these bytes, takes about as long. */
const MIN_PARTS = 4;
const BYTES_PER_PART = 4 * 2 ** 20;

type Source = { readonly history: History; readonly states: HeldStates | undefined; readonly run: number; readonly position: number };

/** The tables of one moment as an operation asks for them: in parts, and wholly if it asks for many. */
export class MomentTables {
  readonly #source: Source;
  readonly #maxParts: number;
  #parts = 0;
  #whole: Promise<MachineTables> | undefined;

  constructor(source: Source, outline: MachineOutline) {
    this.#source = source;
    this.#maxParts = MIN_PARTS + machineBytes(outline) / BYTES_PER_PART;
  }

  whole(): Promise<MachineTables> {
    const { history, states, run, position } = this.#source;
    this.#whole ??= states === undefined ? history.stateAt(run, { position }) : states.lease(() => history.leaseState(run, { position }));
    return this.#whole;
  }

  async entries(table: TableId, first: number, end: number, only?: readonly string[]): Promise<TableEntries> {
    if (this.#whole !== undefined || ++this.#parts > this.#maxParts)
      return new TableEntries(await this.whole(), { table, first: 0, end: Number.POSITIVE_INFINITY });
    const { history, states, run, position } = this.#source;
    const read = (): Promise<TableEntries> =>
      history.entriesAt(run, { position }, { table, first, end, ...(only === undefined ? {} : { only }) });
    return await (states?.inTurn(read) ?? read());
  }
}
