/** Bytes of a page, 4 KiB, need 12 bits of an address; each level of the tables is indexed by 9. */
const OFFSET_BITS = 12n;
const INDEX_BITS = 9n;
const LEVELS = 4n;

export type VirtualAddress = { readonly page: number; readonly offset: number };

/** A page number (`24`), or an address in hexadecimal (`0x18a40`); undefined: neither, or beyond 48 bits. */
export function parseAddress(text: string): VirtualAddress | undefined {
  const trimmed = text.trim();
  if (/^\d{1,10}$/.test(trimmed)) return { page: Number(trimmed), offset: 0 };
  if (!/^0x[\da-f]{1,12}$/i.test(trimmed)) return undefined;
  const address = BigInt(trimmed);
  return { page: Number(address >> OFFSET_BITS), offset: Number(address & ((1n << OFFSET_BITS) - 1n)) };
}

/** `0x00018a40`. */
export function addressText({ page, offset }: VirtualAddress): string {
  return `0x${((BigInt(page) << OFFSET_BITS) | BigInt(offset)).toString(16).padStart(8, "0")}`;
}

export type AddressPart = { readonly name: string; readonly value: number; readonly bits: string };

/** An address as the tables use it: an index for each level, and the place within the page. */
export function addressParts({ page, offset }: VirtualAddress): AddressPart[] {
  const indexes = Array.from({ length: Number(LEVELS) }, (_, index) => {
    const level = LEVELS - BigInt(index);
    const value = Number((BigInt(page) >> (INDEX_BITS * (level - 1n))) & ((1n << INDEX_BITS) - 1n));
    return { name: `level ${level}`, value, bits: binary(value, Number(INDEX_BITS)) };
  });
  return [...indexes, { name: "offset", value: offset, bits: binary(offset, Number(OFFSET_BITS)) }];
}

function binary(value: number, digits: number): string {
  return value.toString(2).padStart(digits, "0");
}
