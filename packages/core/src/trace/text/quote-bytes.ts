const SHOWN_BYTES = 60;

/** The start of some bytes in quotes for an error message: printable ASCII as it is, the rest as \xNN. */
export function quoteBytes(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes.subarray(0, SHOWN_BYTES)) {
    const plain = byte >= 0x20 && byte < 0x7f && byte !== 0x22 && byte !== 0x5c;
    text += plain ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, "0")}`;
  }
  return bytes.length > SHOWN_BYTES ? `"${text}" (the first ${SHOWN_BYTES} of ${bytes.length} bytes)` : `"${text}"`;
}
