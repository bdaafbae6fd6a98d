/** Bytes as text: UTF-8, or Latin-1 if they cannot be UTF-8. */
export function decodeText(bytes: Uint8Array): string {
  let latin = "";
  let escaped = "";
  for (const byte of bytes) {
    latin += String.fromCharCode(byte);
    escaped += `%${byte.toString(16).padStart(2, "0")}`;
  }
  try {
    return decodeURIComponent(escaped);
  } catch {
    return latin;
  }
}
