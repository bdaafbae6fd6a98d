import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeBase64 } from "./decode-base64.ts";

// Oracle: Node's encoder.
test("bytes come back from Base64 with line breaks, padding or the URL-safe digits", () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 200 }), (array) => {
      const bytes = Buffer.from(array);
      const text = bytes.toString("base64");
      const written = [text, text.replaceAll("=", ""), text.replaceAll(/.{1,19}/g, "$&\r\n"), bytes.toString("base64url")];
      for (const one of written) expect(decodeBase64(one)).toEqual(bytes);
    }),
  );
});

test("a text with a character that is no digit is refused wherever it stands", () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 40 }), fc.nat(), fc.constantFrom("*", ",", "%", "ä"), (array, at, wrong) => {
      const text = Buffer.from(array).toString("base64");
      const place = at % (text.replaceAll("=", "").length + 1);
      expect(() => decodeBase64(text.slice(0, place) + wrong + text.slice(place))).toThrow(
        expect.objectContaining({ code: "INPUT_INVALID", message: expect.stringContaining(`digit ${place + 1}`) }),
      );
    }),
  );
});

test.each([
  ["", "it is empty"],
  [" \n", "it is empty"],
  ["NQo=NQo=", 'digit 4, without blanks, is "=" (several texts that were joined'],
  ["NQo=\nNgo=", 'digit 4, without blanks, is "="'],
  ["NQoxN", "it has 5 digits, and ends within a byte"],
])("%j is refused: %s", (text, problem) => {
  expect(() => decodeBase64(text)).toThrow(problem);
});
