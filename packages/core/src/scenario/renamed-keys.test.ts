import { expect, test } from "vitest";
import { parseScenario, renameKeys } from "./index.ts";

test("what an earlier version stored has the keys of this one, and the parameters of its policy are left alone", () => {
  const stored = {
    says: "Two VMs.",
    host: { swapDevice: { parallel: 45 }, reuseSampling: { mostPages: 8192 }, compression: { mostBytes: 2048 } },
    vms: [{ disk: { parallel: 1 } }],
    policy: { name: "own", parameters: { says: 1, mostPages: 2 } },
    script: [{ command: { kind: "addVm", spec: { disk: { parallel: 2 } } } }],
  };
  // Oracle: the renames of the vocabulary, by eye.
  expect(renameKeys(stored)).toEqual({
    description: "Two VMs.",
    host: { swapDevice: { queueDepth: 45 }, reuseSampling: { maxPages: 8192 }, compression: { maxBytes: 2048 } },
    vms: [{ disk: { queueDepth: 1 } }],
    policy: { name: "own", parameters: { says: 1, mostPages: 2 } },
    script: [{ command: { kind: "addVm", spec: { disk: { queueDepth: 2 } } } }],
  });
});

test("a key that was renamed is refused in a file with its new name", () => {
  const form = { name: "a", says: "Old.", host: { framePages: 100 }, vms: [] };
  expect(() => parseScenario(form)).toThrow(/\/says: is not known here; it was renamed: write "description"/);
});
