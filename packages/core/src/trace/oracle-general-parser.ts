import { AccessKind } from "../events/index.ts";
import type { TraceParser } from "./trace-parser.ts";
import { TraceError } from "./trace-error.ts";
import type { TraceRecorder } from "./trace-recorder.ts";

/** u32 time, u64 object id, u32 size, i64 next access: packed, little-endian (libCacheSim, oracleGeneralBin.h). */
export const ORACLE_RECORD_BYTES = 24;
const OBJECT_ID_OFFSET = 4;

/** libCacheSim's oracleGeneral. An object is a page, a request a load; time, size and next access are not used. */
export class OracleGeneralParser implements TraceParser {
  readonly #recorder: TraceRecorder;
  readonly #file: string;
  readonly #carry = new Uint8Array(ORACLE_RECORD_BYTES);
  #carryLength = 0;
  #byteCount = 0;

  constructor(recorder: TraceRecorder, file: string) {
    this.#recorder = recorder;
    this.#file = file;
  }

  feed(bytes: Uint8Array): void {
    this.#byteCount += bytes.length;
    let start = 0;
    if (this.#carryLength > 0) {
      start = Math.min(ORACLE_RECORD_BYTES - this.#carryLength, bytes.length);
      this.#carry.set(bytes.subarray(0, start), this.#carryLength);
      this.#carryLength += start;
      if (this.#carryLength < ORACLE_RECORD_BYTES) return;
      this.#parseRecords(this.#carry);
    }
    const end = bytes.length - ((bytes.length - start) % ORACLE_RECORD_BYTES);
    this.#parseRecords(bytes.subarray(start, end));
    this.#carry.set(bytes.subarray(end));
    this.#carryLength = bytes.length - end;
  }

  finish(): void {
    if (this.#carryLength > 0) {
      const byteOffset = this.#byteCount - this.#carryLength;
      const place = { file: this.#file, format: "oracle-general", byteOffset } as const;
      const found =
        `the last record has ${this.#carryLength} of ${ORACLE_RECORD_BYTES} bytes ` +
        `(${this.#byteCount} bytes in all are no multiple of ${ORACLE_RECORD_BYTES})`;
      throw new TraceError("length-invalid", place, found, "Fetch the file again, or name its real format.");
    }
    if (this.#recorder.referenceCount === 0) {
      const place = { file: this.#file, format: "oracle-general" } as const;
      const advice = `A trace has at least one record of ${ORACLE_RECORD_BYTES} bytes.`;
      throw new TraceError("trace-empty", place, "there is no record in it", advice);
    }
    this.#recorder.flush();
  }

  #parseRecords(bytes: Uint8Array): void {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let at = OBJECT_ID_OFFSET; at < bytes.length; at += ORACLE_RECORD_BYTES) {
      this.#recorder.touchPage(view.getUint32(at + 4, true), view.getUint32(at, true), AccessKind.Load);
    }
  }
}
