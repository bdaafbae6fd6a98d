import { AccessKind } from "../../events/index.ts";
import { TraceError } from "../trace-error.ts";
import type { TraceParser } from "../trace-parser.ts";
import type { TraceRecorder } from "../trace-recorder.ts";
import { ReportCounts, type TraceReport } from "../trace-report.ts";
import { beginsAsLcs, type LcsHeader, MAX_LCS_HEADER_BYTES, readLcsHeader } from "./lcs-header.ts";
import { refuseRecord, refuseRest, requireReferences, type RecordSource } from "./record-errors.ts";
import { RecordSplitter } from "./record-splitter.ts";
import { RequestChecker } from "./request-checker.ts";
import { type FormatReading } from "../format-reading.ts";

/** Where fields lie in a record, by version: v1 and v2 have sizes of 32 bits, later ones of 64; v1 has no operation. */
interface RecordLayout {
  readonly size64: boolean;
  readonly operation: number | undefined;
  readonly next: number;
}

const TIME_OFFSET = 0;
const OBJECT_OFFSET = 4;
const SIZE_OFFSET = 12;

function layoutOf(version: number): RecordLayout {
  if (version === 1) return { size64: false, operation: undefined, next: 16 };
  if (version === 2) return { size64: false, operation: 16, next: 20 };
  return { size64: true, operation: 20, next: 28 };
}

/** libCacheSim's operations that change an object (enum.h); all others, unknown ones included, read it. */
const STORES: ReadonlySet<number> = new Set([3, 4, 5, 6, 7, 8, 9, 13, 14]);
const MODIFIES: ReadonlySet<number> = new Set([10, 11]);

/** libCacheSim's lcs, versions 1 to 8. An object is a page; its operation tells the kind where records have one. */
export class LcsParser implements TraceParser {
  readonly #recorder: TraceRecorder;
  readonly #file: string;
  readonly #checker = new RequestChecker();
  readonly #counts = new ReportCounts();
  /** The first bytes, as many as a header may have. */
  readonly #head = new Uint8Array(MAX_LCS_HEADER_BYTES);
  #headLength = 0;
  #body: { readonly header: LcsHeader; readonly records: RecordSplitter } | undefined;

  constructor(recorder: TraceRecorder, file: string) {
    this.#recorder = recorder;
    this.#file = file;
  }

  feed(bytes: Uint8Array): void {
    if (this.#body !== undefined) {
      this.#body.records.feed(bytes);
      return;
    }
    const taken = Math.min(bytes.length, MAX_LCS_HEADER_BYTES - this.#headLength);
    this.#head.set(bytes.subarray(0, taken), this.#headLength);
    this.#headLength += taken;
    if (this.#headLength === MAX_LCS_HEADER_BYTES) this.#begin().records.feed(bytes.subarray(taken));
  }

  finish(): void {
    const { header, records } = this.#body ?? this.#begin();
    const source = this.#source(header);
    const { count } = this.#checker;
    refuseRest(source, count, records.restBytes);
    requireReferences(source, count);
    if (header.requestCount !== undefined && header.requestCount !== count) this.#refuseCount(header.requestCount, count);
    this.#recorder.flush();
  }

  report(): TraceReport {
    return this.#counts.report();
  }

  #begin(): { readonly header: LcsHeader; readonly records: RecordSplitter } {
    const head = this.#head.subarray(0, this.#headLength);
    const header = readLcsHeader(head, this.#file);
    const layout = layoutOf(header.version);
    const records = new RecordSplitter(header.recordBytes, (bytes) => this.#parseRecords(bytes, header, layout));
    this.#body = { header, records };
    records.feed(head.subarray(header.headerBytes));
    return this.#body;
  }

  #parseRecords(bytes: Uint8Array, header: LcsHeader, { size64, operation, next }: RecordLayout): void {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let at = 0; at < bytes.length; at += header.recordBytes) {
      const time = view.getUint32(at + TIME_OFFSET, true);
      const wrong = this.#checker.check(time, view.getUint32(at + next + 4, true), view.getUint32(at + next, true));
      if (wrong !== undefined) refuseRecord(this.#source(header), this.#checker.count - 1, wrong);
      const sizeHigh = size64 ? view.getUint32(at + SIZE_OFFSET + 4, true) : 0;
      if (sizeHigh === 0 && view.getUint32(at + SIZE_OFFSET, true) === 0) this.#counts.zeroSizeRequests += 1;
      const kind = operation === undefined ? AccessKind.Load : kindOfOperation(bytes[at + operation]);
      this.#recorder.touchPage(view.getUint32(at + OBJECT_OFFSET + 4, true), view.getUint32(at + OBJECT_OFFSET, true), kind);
    }
  }

  #source(header: LcsHeader): RecordSource {
    return { file: this.#file, format: "lcs", headerBytes: header.headerBytes, recordBytes: header.recordBytes };
  }

  #refuseCount(told: number, count: number): never {
    const found = `its header tells of ${told} requests, and ${count} follow`;
    throw new TraceError("length-invalid", { file: this.#file, format: "lcs" }, found, "Fetch the file again.");
  }
}

function kindOfOperation(operation: number): number {
  if (STORES.has(operation)) return AccessKind.Store;
  return MODIFIES.has(operation) ? AccessKind.Modify : AccessKind.Load;
}

export const lcs: FormatReading = {
  units: ["page"],
  recognise: ({ bytes }) => (beginsAsLcs(bytes) ? "sure" : "no"),
  create: ({ recorder, file }) => new LcsParser(recorder, file),
};
