import type { ByteReader } from "../byte-reader.ts";
import type { ContainerPlace } from "./container-place.ts";
import { XzDecoder, type XzFailure } from "./xz-decoder.ts";

/** A piece of this many compressed bytes is expanded before other work gets its turn. */
const PIECE_BYTES = 2 ** 16;

/** Expands one stream with liblzma, which holds every block against its checksum. */
export async function* readXzStream(reader: ByteReader, place: ContainerPlace): AsyncGenerator<Uint8Array> {
  const decoder = await XzDecoder.create((failure) => describeFailure(failure, place));
  try {
    while (!decoder.ended) {
      const bytes = await reader.next();
      if (bytes === undefined) throw place.cutOff();
      const piece = bytes.subarray(0, PIECE_BYTES);
      yield* decoder.expand(piece);
      reader.unread(bytes.subarray(piece.length - decoder.inputLeft));
    }
  } finally {
    decoder.free();
  }
}

const SMALLER = "Compress it again with a smaller dictionary (xz -9 needs 64 MiB), or use xz -dc FILE | ballast import -.";

function describeFailure(failure: XzFailure, place: ContainerPlace): Error {
  switch (failure) {
    case "memory-limit":
      return place.unsupported("needs more than 256 MiB of memory to be expanded", SMALLER);
    case "memory":
      return place.unsupported("needs more memory than other imports leave free", SMALLER);
    case "options":
      return place.unsupported("uses a filter or an option that liblzma does not know", "Compress it again with xz.");
    case "damaged":
      return place.damaged("a checksum or a length does not fit");
  }
}
