import { expect, test } from "vitest";
import { ProblemList } from "./index.ts";

test("the first hundred problems are told, the others counted, and their messages never made", () => {
  const list = new ProblemList();
  let made = 0;
  for (let index = 0; index < 150_000; index++) list.add(`/${index}`, () => `is wrong (${++made})`);
  expect(made).toBe(100);
  expect(list.count).toBe(150_000);
  expect(list.problems).toHaveLength(101);
  expect(list.problems[99]).toEqual({ path: "/99", message: "is wrong (100)" });
  expect(list.problems[100]).toEqual({ path: "", message: "has 149900 more problems" });
});

test("a hundred problems are all told", () => {
  const list = new ProblemList();
  for (let index = 0; index < 100; index++) list.add("", "is wrong");
  expect(list.problems).toHaveLength(100);
});

test("a path of any length takes a line in the message", () => {
  const list = new ProblemList();
  list.add(`/${"k".repeat(1_000_000)}`, "is not known here");
  expect(list.problems).toEqual([{ path: `/${"k".repeat(299)}...`, message: "is not known here" }]);
});
