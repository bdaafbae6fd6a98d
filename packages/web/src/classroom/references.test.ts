import { expect, test } from "vitest";
import { MAX_REFERENCES, parseFrames, parseReferences } from "./references.ts";

test("numbers and letters are separated by spaces, commas, semicolons and line ends", () => {
  expect(parseReferences(" 1, 2;3\n4 a  B\t")).toEqual({ references: ["1", "2", "3", "4", "a", "B"], problem: undefined });
});

test("what is no reference string says why", () => {
  expect(parseReferences(" , ").problem).toMatch(/^Type pages/);
  expect(parseReferences("1 2 <3>").problem).toBe('"<3>" is no page: give numbers, or names of up to 8 letters.');
  expect(parseReferences("1 ".repeat(MAX_REFERENCES)).problem).toBeUndefined();
  expect(parseReferences("1 ".repeat(MAX_REFERENCES + 1)).problem).toMatch(/^There are 201 references/);
});

test("several numbers of frames can be given, each a whole one", () => {
  expect(parseFrames("3,4")).toEqual({ frames: [3, 4], problem: undefined });
  for (const text of ["", "0", "2.5", "three", "1 2 3 4 5", "17"]) expect(parseFrames(text).problem).toBeDefined();
});
