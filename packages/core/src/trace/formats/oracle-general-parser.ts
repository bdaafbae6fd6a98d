import { AccessKind } from "../../events/index.ts";
import type { TraceParser } from "../trace-parser.ts";
import type { TraceRecorder } from "../trace-recorder.ts";
import { ReportCounts, type TraceReport } from "../trace-report.ts";
import { RecordSplitter } from "./record-splitter.ts";
import { refuseRecord, refuseRest, requireReferences } from "./record-errors.ts";
import { RequestChecker } from "./request-checker.ts";
import { type FormatReading } from "../format-reading.ts";

/** u32 time, u64 object id, u32 size, i64 next access: packed, little-endian (libCacheSim, oracleGeneralBin.h). */
const ORACLE_RECORD_BYTES = 24;
const OBJECT_OFFSET = 4;
const SIZE_OFFSET = 12;
const NEXT_OFFSET = 16;

/** libCacheSim's oracleGeneral. An object is a page, a request a load; times and next accesses are checked alone. */
export class OracleGeneralParser implements TraceParser {
  readonly #recorder: TraceRecorder;
  readonly #file: string;
  readonly #checker = new RequestChecker();
  readonly #counts = new ReportCounts();
  readonly #records = new RecordSplitter(ORACLE_RECORD_BYTES, (bytes) => this.#parseRecords(bytes));

  constructor(recorder: TraceRecorder, file: string) {
    this.#recorder = recorder;
    this.#file = file;
  }

  feed(bytes: Uint8Array): void {
    this.#records.feed(bytes);
  }

  finish(): void {
    const source = { file: this.#file, format: "oracle-general", headerBytes: 0, recordBytes: ORACLE_RECORD_BYTES } as const;
    refuseRest(source, this.#checker.count, this.#records.restBytes);
    requireReferences(source, this.#checker.count);
    this.#recorder.flush();
  }

  report(): TraceReport {
    return this.#counts.report();
  }

  #parseRecords(bytes: Uint8Array): void {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let at = 0; at < bytes.length; at += ORACLE_RECORD_BYTES) {
      const wrong = checkOracleRecord(view, at, this.#checker);
      if (wrong !== undefined) this.#refuse(wrong);
      if (view.getUint32(at + SIZE_OFFSET, true) === 0) this.#counts.zeroSizeRequests += 1;
      const high = view.getUint32(at + OBJECT_OFFSET + 4, true);
      this.#recorder.touchPage(high, view.getUint32(at + OBJECT_OFFSET, true), AccessKind.Load);
    }
  }

  #refuse(wrong: string): never {
    const source = { file: this.#file, format: "oracle-general", headerBytes: 0, recordBytes: ORACLE_RECORD_BYTES } as const;
    refuseRecord(source, this.#checker.count - 1, wrong);
  }
}

/** Whether bytes begin as such a trace does; a record that is cut off is not looked at. */
export function isOracleGeneral(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const checker = new RequestChecker();
  for (let at = 0; at + ORACLE_RECORD_BYTES <= bytes.length; at += ORACLE_RECORD_BYTES) {
    if (checkOracleRecord(view, at, checker) !== undefined) return false;
  }
  return checker.count > 0;
}

function checkOracleRecord(view: DataView, at: number, checker: RequestChecker): string | undefined {
  const nextHigh = view.getUint32(at + NEXT_OFFSET + 4, true);
  return checker.check(view.getUint32(at, true), nextHigh, view.getUint32(at + NEXT_OFFSET, true));
}

export const oracleGeneral: FormatReading = {
  units: ["page"],
  recognise: ({ bytes, isText }) => (!isText && isOracleGeneral(bytes) ? "sure" : "no"),
  create: ({ recorder, file }) => new OracleGeneralParser(recorder, file),
};
