import { EndMark } from "./end-mark.ts";
import { LineEnds } from "./line-ends.ts";
import { markBytes, type TextEncoding } from "./text-encoding.ts";
import type { TextStage } from "./text-stage.ts";
import { Utf16Decoder } from "./utf-16-decoder.ts";

/**
 * Makes text what the parsers read: a superset of ASCII without byte order mark, whose lines end with line feeds. Throws
 * a `TraceError` that says where, if that would lose or change anything.
 */
export async function* decodeText(pieces: AsyncIterable<Uint8Array>, encoding: TextEncoding, file: string): AsyncGenerator<Uint8Array> {
  const decoder = new Decoder(encoding, file);
  for await (const piece of pieces) {
    const text = decoder.push(piece);
    if (text.length > 0) yield text;
  }
  yield decoder.finish();
}

/** The start of a text, decoded as far as that is certain; all of it if there is no more. */
export function decodeStart(head: Uint8Array, isAll: boolean, encoding: TextEncoding, file: string): Uint8Array {
  const decoder = new Decoder(encoding, file);
  const start = decoder.push(head);
  return isAll ? Buffer.concat([start, decoder.finish()]) : start;
}

class Decoder implements TextStage {
  readonly #stages: readonly TextStage[];
  /** Bytes of the byte order mark that are still to come. */
  #mark: number;

  constructor(encoding: TextEncoding, file: string) {
    this.#mark = markBytes(encoding);
    const utf16 = encoding === "utf-16le" || encoding === "utf-16be";
    const decoders = utf16 ? [new Utf16Decoder(file, encoding === "utf-16be", this.#mark)] : [];
    this.#stages = [...decoders, new EndMark(), new LineEnds(file)];
  }

  push(piece: Uint8Array): Uint8Array {
    const text = piece.subarray(this.#mark);
    this.#mark -= Math.min(this.#mark, piece.length);
    return this.#stages.reduce((bytes, stage) => stage.push(bytes), text);
  }

  finish(): Uint8Array {
    let text: Uint8Array = new Uint8Array(0);
    for (const stage of this.#stages) text = Buffer.concat([stage.push(text), stage.finish()]);
    return text;
  }
}
