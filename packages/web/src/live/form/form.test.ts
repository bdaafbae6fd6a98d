import { expect, test } from "vitest";
import { Form } from "./form.ts";
import { pointerOf, replaceAt } from "./path.ts";
import { readText, showText } from "./scalar-text.ts";

test("a replaced part leaves the rest as it is, and the value before untouched", () => {
  const before = { name: "a", vms: [{ name: "x" }, { name: "y" }] };
  expect(replaceAt(before, ["vms", 1, "name"], "z")).toEqual({ name: "a", vms: [{ name: "x" }, { name: "z" }] });
  expect(replaceAt(before, ["vms", 0], undefined)).toEqual({ name: "a", vms: [{ name: "y" }] });
  expect(replaceAt(before, ["name"], undefined)).toEqual({ vms: before.vms });
  expect(replaceAt(before, ["policy", "parameters", "taxRate"], 0.5)).toEqual({ ...before, policy: { parameters: { taxRate: 0.5 } } });
  expect(before).toEqual({ name: "a", vms: [{ name: "x" }, { name: "y" }] });
});

test("places are written as JSON pointers, as RFC 6901 escapes them", () => {
  expect(pointerOf(["vms", 0, "a/b", "m~n"])).toBe("/vms/0/a~1b/m~0n");
  expect(pointerOf([])).toBe("");
});

test("a line of text is read as what the field takes, and shown as it was written", () => {
  const quantity = { kind: "quantity", minimum: 0, maximum: 9, takesNumbers: true, takesNull: true } as const;
  expect(["12", "2 GiB", "none", "", " 7 "].map((text) => readText(quantity, text))).toEqual([12, "2 GiB", null, undefined, 7]);
  expect(["0.5", "1e3", "-2", "abc", ""].map((text) => readText({ kind: "number" }, text))).toEqual([0.5, 1000, -2, "abc", undefined]);
  expect(readText({ kind: "list", items: {}, isOfWords: true }, "7, 0  w1 ")).toEqual(["7", "0", "w1"]);
  expect(showText(["7", "w1"])).toBe("7 w1");
  expect(showText(null)).toBe("none");
});

test("problems are found at their place and counted within it", () => {
  const form = new Form({}, {});
  form.problems.value = [
    { path: "/vms/1/name", message: "a" },
    { path: "/vms/1", message: "b" },
    { path: "/vms/10", message: "c" },
  ];
  expect(form.problemsAt("/vms/1")).toEqual(["b"]);
  expect(form.problemsWithin("/vms/1")).toBe(2);
  expect(form.problemsWithin("/vms")).toBe(3);
});
