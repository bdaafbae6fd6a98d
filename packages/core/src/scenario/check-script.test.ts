import { describe, expect, test } from "vitest";
import { BallastError } from "../errors/index.ts";
import { parseScenario, parseVmSpec } from "./parse-scenario.ts";

type Form = Record<string, unknown>;

const process = { name: "shell", virtualPages: 8, workload: { kind: "interactive" } };
const vms = [
  { name: "first", configuredPages: 64, processes: [process], files: [{ name: "log", pages: 4 }] },
  { name: "bare", configuredPages: 64, processes: [], balloon: false },
  { name: "late", configuredPages: 64, processes: [process], startNs: "5 s" },
];

function problemsOf(parse: () => unknown): string[] {
  try {
    parse();
  } catch (error) {
    if (!(error instanceof BallastError)) throw error;
    return error.problems.map(({ path, message }) => `${path} ${message}`);
  }
  return [];
}

function refused(script: readonly Form[], changes: Form = {}, host: Form = {}): string[] {
  return problemsOf(() => parseScenario({ name: "test", host: { framePages: 400, ...host }, vms, script, ...changes }));
}

const at = (atNs: number, command: Form): Form => ({ atNs, command });
const touch = (changes: Form): Form => ({ kind: "touchPage", vm: 1, process: 1, virtualPage: 0, ...changes });
const target = (vm: number, pages: number): Form => ({ kind: "setBalloonTarget", vm, pages });
const added = { name: "added", memory: "64 KiB", processes: [] };

describe("a script is refused when it is parsed, for what is known then", () => {
  test.each<[string, Form[], string]>([
    [
      "a target above the cap of 65 % of 64 pages",
      [at(0, target(1, 42))],
      "/script/0/command/pages must be at most 41 pages, capFraction 0.65 of the 64 configured pages of VM 1, not 42",
    ],
    [
      "a target of a VM without a driver",
      [at(0, target(2, 1))],
      "/script/0/command/vm is 2, which has no balloon driver; give it one by its `balloon`",
    ],
    ["a target below 0", [at(0, target(1, -1))], "/script/0/command/pages must be a whole number of pages from 0 to"],
    [
      "a page outside of its process",
      [at(0, touch({ virtualPage: 8 }))],
      '/script/0/command/virtualPage is 8; process "shell" has 8 virtual pages, numbered from 0',
    ],
    [
      "a page outside of a file",
      [at(0, touch({ process: 2, virtualPage: 4 }))],
      '/script/0/command/virtualPage is 4; file "log" has 4 pages, numbered from 0',
    ],
    [
      "a process that is not there",
      [at(0, touch({ process: 3 }))],
      "/script/0/command/process is 3; VM 1 has 1 processes and 1 files, numbered from 1",
    ],
    [
      "a real page outside of its VM",
      [at(0, { kind: "touchRealPage", vm: 1, realPage: 64 })],
      "/script/0/command/realPage is 64; VM 1 has 64 real pages, numbered from 0",
    ],
    ["a VM that is not there yet", [at(4_999_999_999, touch({ vm: 3 }))], "/script/0/command/vm is 3; there are 2 VMs by then"],
    [
      "a VM that is added later",
      [at(0, target(3, 1)), at(1, { kind: "addVm", spec: added })],
      "/script/0/command/vm is 3; there are 2 VMs by then",
    ],
    [
      "a VM stopped twice",
      [at(0, { kind: "stopVm", vm: 1 }), at(0, { kind: "stopVm", vm: 1 })],
      "/script/1/command/vm is 1, which /script/0 has stopped; leave the command out",
    ],
    [
      "a command to a stopped VM",
      [at(0, { kind: "stopVm", vm: 1 }), at(9, touch({}))],
      "/script/1/command/vm is 1, which /script/0 has stopped",
    ],
    [
      "an added VM of a taken name",
      [at(0, { kind: "addVm", spec: { ...added, name: "bare" } })],
      '/script/0/command/spec/name is "bare", as is that of an earlier VM; names must differ',
    ],
    [
      "an added VM that starts later",
      [at(0, { kind: "addVm", spec: { ...added, startNs: 5 } })],
      "/script/0/command/spec/startNs must be left out, not 5 ns",
    ],
    [
      "two added VMs without names",
      [at(0, { kind: "addVm", spec: { ...added, name: "vm" } }), at(1, { kind: "addVm", spec: { memory: "64 KiB", processes: [] } })],
      '/script/1/command/spec/name is "vm"',
    ],
  ])("%s", (_, script, expected) => {
    const problems = refused(script);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(expected);
  });

  test("the bounds themselves are allowed", () => {
    const script = [
      at(0, target(1, 41)),
      at(0, touch({ virtualPage: 7 })),
      at(0, touch({ process: 2, virtualPage: 3 })),
      at(0, { kind: "touchRealPage", vm: 2, realPage: 63 }),
      at(5_000_000_000, touch({ vm: 3 })),
      at(5_000_000_000, { kind: "addVm", spec: added }),
      at(6_000_000_000, target(4, 10)),
    ];
    expect(refused(script, { durationNs: "6 s" })).toEqual([]);
  });

  test("VMs have their numbers by their starts, not by their places in the list", () => {
    const turned = [{ ...vms[2], balloon: false }, vms[0]];
    expect(refused([at(0, target(1, 1))], { vms: turned })).toEqual([]);
    expect(refused([at(5_000_000_000, target(2, 1))], { vms: turned })[0]).toContain(
      "/script/0/command/vm is 2, which has no balloon driver",
    );
  });

  test("commands and VMs after the end of the run", () => {
    expect(refused([at(3_000_000_001, touch({}))], { durationNs: "3 s" })).toEqual([
      "/vms/2/startNs is 5,000,000,000 ns, after the run's end at 3,000,000,000 ns; start it earlier, or raise durationNs",
      "/script/0/atNs is 3,000,000,001 ns, after the run's end at 3,000,000,000 ns; give it earlier, or raise durationNs",
    ]);
  });

  test.each<[string, Form, string]>([
    [
      "without overcommitment",
      { framePages: 63, overcommit: false },
      "its configured pages and overhead make 64 pages, and the host has 63 for them",
    ],
    [
      "with a bound on overcommitment",
      { framePages: 40, maxOvercommitment: 1.5 },
      "its configured pages and overhead make 64 pages, and the host has 60 for them",
    ],
    ["with reserved swap", { swapReservation: true, swapPages: 63 }, "its reserved swap make 64 pages, and the host has 63 for them"],
  ])("commands to a VM that no admission lets in, %s", (_, host, expected) => {
    expect(refused([at(0, touch({}))], {}, host)[0]).toContain(
      `/script/0/command/vm is 1, "first", which can never be admitted: ${expected}`,
    );
    expect(refused([], {}, host)).toEqual([]);
  });

  test("under one-level mapping pages and processes are checked, too", () => {
    const native = (command: Form): string[] =>
      problemsOf(() => parseScenario({ name: "n", host: { framePages: 9 }, os: { processes: [process] }, script: [at(0, command)] }));
    expect(native(touch({ virtualPage: 8 }))[0]).toContain("/script/0/command/virtualPage is 8");
    expect(native(touch({ vm: 2 }))[0]).toContain("/script/0/command/vm is 2; there are 1 VMs by then");
    expect(native(touch({ virtualPage: 7 }))).toEqual([]);
  });

  test("added VMs count towards the pages that all may have", () => {
    const spec = { name: "added", configuredPages: 2 ** 28, processes: [] };
    expect(refused([at(0, { kind: "addVm", spec })])[0]).toContain(
      "/vms have 268,435,648 configured pages in all; 268,435,456 are allowed",
    );
  });

  test("a VM that is added by hand has no time of its own either", () => {
    expect(problemsOf(() => parseVmSpec({ ...added, startNs: 1 }))[0]).toContain("/startNs must be left out, not 1 ns");
    expect(problemsOf(() => parseVmSpec({ ...added, startJitterNs: 1 }))[0]).toContain("/startJitterNs must be left out, not 1 ns");
  });
});
