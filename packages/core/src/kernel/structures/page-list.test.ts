import { expect, test } from "vitest";
import { NumberPool } from "./number-pool.ts";
import { PageList } from "./page-list.ts";
import { PageListSet } from "./page-list-set.ts";

test("a page that comes to a list twice, or leaves one that it is not on, is an error of the kernel", () => {
  const list = new PageList(3);
  list.append(1);
  expect(() => list.append(1)).toThrow("page 1 is on the list already");
  expect(() => list.remove(2)).toThrow("page 2 is not on the list");
  list.remove(1);
  expect(() => list.remove(1)).toThrow("page 1 is not on the list");
  const restored = new PageList(3);
  list.append(2);
  restored.load(list.save());
  expect(() => restored.append(2)).toThrow("page 2 is on the list already");
});

test("a page is on one list of a set at most", () => {
  const lists = new PageListSet(3, 2);
  lists.append(0, 1);
  expect(() => lists.append(1, 1)).toThrow("page 1 comes to list 1 and is on one already");
  lists.remove(0, 1);
  expect(() => lists.remove(0, 1)).toThrow("page 1 leaves list 0 and is on none");
});

test("more numbers cannot be given back than were lent", () => {
  const pool = new NumberPool(0, 2);
  pool.giveBack(pool.take());
  expect(() => pool.giveBack(0)).toThrow("0 is given back, and 3 of 2 numbers are free");
});
