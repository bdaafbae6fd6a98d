import { describe, expect, it } from "vitest";
import { addressParts, addressText, parseAddress } from "./address-parts.ts";

describe("a virtual address", () => {
  it("is a page number, or hexadecimal with an offset", () => {
    expect(parseAddress("24")).toEqual({ page: 24, offset: 0 });
    expect(parseAddress("0x18a40")).toEqual({ page: 24, offset: 0xa40 });
    expect(["", "-1", "0x", "0x1234567890abc", "page"].map(parseAddress)).toEqual(Array.from({ length: 5 }, () => undefined));
    expect(addressText({ page: 24, offset: 0xa40 })).toBe("0x00018a40");
  });

  it("has nine bits for each of four levels and twelve for the offset", () => {
    const parts = addressParts({ page: (3 << 9) + 5, offset: 7 });
    expect(parts.map(({ value }) => value)).toEqual([0, 0, 3, 5, 7]);
    expect(parts.map(({ bits }) => bits.length)).toEqual([9, 9, 9, 9, 12]);
    expect(parts[3]?.bits).toBe("000000101");
  });
});
