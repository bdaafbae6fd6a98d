import { describe, expect, test } from "vitest";
import { ShutdownList } from "./shutdown-list.ts";

/** The oracle is the order in which the test added the parts. */
describe("shutting down", () => {
  test("stops what was started last first, waiting for each", async () => {
    const stopped: string[] = [];
    const list = new ShutdownList();
    for (const what of ["postgres", "pool", "executor"]) {
      list.add(what, async () => {
        await Promise.resolve();
        stopped.push(what);
      });
    }
    await list.run();
    expect(stopped).toEqual(["executor", "pool", "postgres"]);
  });

  test("happens once, however often it is asked for", async () => {
    let stops = 0;
    const list = new ShutdownList();
    list.add("postgres", async () => {
      stops += 1;
    });
    await Promise.all([list.run(), list.run()]);
    await list.run();
    expect(stops).toBe(1);
  });

  test("continues after a part that fails, and then names that part", async () => {
    const stopped: string[] = [];
    const list = new ShutdownList();
    list.add("postgres", async () => {
      stopped.push("postgres");
    });
    list.add("executor", () => Promise.reject(new Error("no answer")));
    await expect(list.run()).rejects.toThrow("stopping executor failed: Error: no answer");
    expect(stopped).toEqual(["postgres"]);
  });
});
