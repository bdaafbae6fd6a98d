import { BallastError } from "@ballast/core/errors";

/**
 * The bytes that a Base64 text stands for, plain or URL-safe, with line breaks and with or without padding. Node's own
 * decoder leaves out what it does not know and ends at the first padding, so that its result is held against the length.
 * @throws BallastError INPUT_INVALID
 */
export function decodeBase64(text: string): Buffer {
  const digits = text.replaceAll(/\s+/g, "").replace(/={1,2}$/, "");
  const bytes = Buffer.from(digits, "base64");
  if (bytes.length > 0 && digits.length % 4 !== 1 && bytes.length === Math.floor((digits.length * 3) / 4)) return bytes;
  throw new BallastError("INPUT_INVALID", `\`base64\` is no Base64: ${problemOf(digits)}. Nothing was imported.`);
}

function problemOf(digits: string): string {
  if (digits === "") return "it is empty";
  const place = digits.search(/[^A-Za-z0-9+/_-]/);
  if (place < 0) return `it has ${digits.length} digits, and ends within a byte`;
  const character = JSON.stringify(digits[place]);
  const joined = digits[place] === "=" ? " (several texts that were joined must be decoded one by one)" : "";
  return `digit ${place + 1}, without blanks, is ${character}${joined}`;
}
