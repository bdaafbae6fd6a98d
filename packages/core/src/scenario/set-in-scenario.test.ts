import { expect, test } from "vitest";
import { references, smallHost, smallScenario, smallVm } from "../testing/index.ts";
import { printScenario } from "./print-scenario.ts";
import { setInScenario } from "./set-in-scenario.ts";

const scenario = smallScenario(smallHost(64), [smallVm("web", 16, references("1 2")), smallVm("db", 16, references("3"))]);

test("values are set by keys, places, names, or for all", () => {
  const changed = setInScenario(scenario, {
    "host.framePages": 96,
    "vms.web.shares": 5,
    "vms.1.startNs": "2 us",
    "vms.*.processes.*.accessNs": 7,
  });
  expect(changed.host.framePages).toBe(96);
  expect(changed.vms.map(({ shares, startNs, processes }) => [shares, startNs, processes[0].accessNs])).toEqual([
    [5, 0, 7],
    [1000, 2000, 7],
  ]);
  expect(printScenario(setInScenario(scenario, {}))).toBe(printScenario(scenario));
});

test.each([
  [{ "host.frames": 1 }, 'no key "frames". There are: '],
  [{ "vms.mail.shares": 1 }, 'no element "mail". There are: *, web, db.'],
  [{ "vms.2.shares": 1 }, 'no element "2"'],
  [{ "host.framePages.x": 1 }, '"framePages" is a value'],
  [{ "": 1 }, 'no key ""'],
  [{ "host.framePages": "many" }, "/host/framePages"],
  [{ "vms.web.name": "db" }, "db"],
])("%j is refused with where and what there is", (overrides, message) => {
  expect(() => setInScenario(scenario, overrides)).toThrow(message);
});
