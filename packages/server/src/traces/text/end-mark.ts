import type { TextStage } from "./text-stage.ts";

/** Control-Z: the end of a text for CP/M and DOS, which fill the last record with it. */
const END_MARK = 0x1a;

/** Takes off the end marks behind a text. Anywhere else they stay. */
export class EndMark implements TextStage {
  #held = 0;

  push(piece: Uint8Array): Uint8Array {
    const end = lastOther(piece) + 1;
    if (end === 0) {
      this.#held += piece.length;
      return piece.subarray(0, 0);
    }
    const text = piece.subarray(0, end);
    const marks = this.#held;
    this.#held = piece.length - end;
    return marks === 0 ? text : Buffer.concat([Buffer.alloc(marks, END_MARK), text]);
  }

  finish(): Uint8Array {
    return new Uint8Array(0);
  }
}

function lastOther(bytes: Uint8Array): number {
  return bytes.findLastIndex((byte) => byte !== END_MARK);
}
