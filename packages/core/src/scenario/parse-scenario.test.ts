import { describe, expect, test } from "vitest";
import { BallastError } from "../errors/index.ts";
import { parseCommand, parseScenario, parseVmSpec } from "./parse-scenario.ts";
import { printScenario } from "./print-scenario.ts";

type Form = Record<string, unknown>;

const process = { workload: { kind: "cyclic", pages: 8, accesses: 100 } };

function formOf(changes: Form = {}, vm: Form = {}, host: Form = {}): Form {
  return {
    name: "test",
    host: { framePages: 100, ...host },
    vms: [{ configuredPages: 64, processes: [process], ...vm }],
    ...changes,
  };
}

function problemsOf(parse: () => unknown): string[] {
  try {
    parse();
  } catch (error) {
    if (!(error instanceof BallastError)) throw error;
    return error.problems.map(({ path, message }) => `${path} ${message}`);
  }
  return [];
}

const refused = (form: unknown): string[] => problemsOf(() => parseScenario(form));

describe("what is left out is filled in", () => {
  test("a VM has its documented defaults", () => {
    const [vm] = parseScenario(formOf()).vms;
    expect(vm).toMatchObject({
      name: "vm-1",
      kernelPages: 1,
      replacement: "clock",
      referenceBitOnLoad: "set",
      shares: 64,
      reservationPages: 0,
      limitPages: 64,
      startNs: 0,
      balloon: { driver: "simple", pollNs: 1_000_000_000, pollPages: 16_384, capFraction: 0.65 },
    });
    expect(vm?.processes[0]).toMatchObject({ name: "process-1", virtualPages: 8, backing: "anonymous", accessNs: 100 });
  });

  test("the swap holds what every VM could have swapped out: configured pages less reservations", () => {
    const form = formOf({}, { count: 3, reservationPages: 4 });
    expect(parseScenario(form).host.swapPages).toBe(3 * 60);
  });

  test("one-level mapping follows from `os`, which gets the whole host", () => {
    const scenario = parseScenario({ name: "native", host: { framePages: 128 }, os: { processes: [process] } });
    expect(scenario.mapping).toBe("oneLevel");
    expect(scenario.vms).toHaveLength(1);
    expect(scenario.vms[0]).toMatchObject({ name: "os", configuredPages: 128, kernelPages: 2, balloon: null });
    expect(scenario.host.swapPages).toBe(0);
  });
});

describe("friendly forms (oracle: arithmetic)", () => {
  test("memory and times may be text with a unit", () => {
    const scenario = parseScenario(formOf({ durationNs: "1.5 s" }, { startNs: "50 us" }, { framePages: "4 GB" }));
    expect(scenario.host.framePages).toBe(Math.ceil(4e9 / 4096));
    expect(scenario.durationNs).toBe(1_500_000_000);
    expect(scenario.vms[0]?.startNs).toBe(50_000);
  });

  test("`kernelFraction` stands for the kernel's pages, and is 1/64 of the configured memory by default", () => {
    const kernelPagesOf = (vm: object): number | undefined =>
      parseScenario(formOf({}, { configuredPages: 640, ...vm })).vms[0]?.kernelPages;
    expect([kernelPagesOf({}), kernelPagesOf({ kernelFraction: 0.1 }), kernelPagesOf({ kernelPages: 7 })]).toEqual([10, 64, 7]);
  });

  test("`watermarks: true` stands for those that Linux computes from the memory", () => {
    const watermarksOf = (watermarks: unknown): unknown =>
      parseScenario(formOf({}, { configuredPages: 4096, watermarks })).vms[0]?.watermarks;
    expect(watermarksOf(false)).toBe(null);
    expect(watermarksOf(true)).toEqual({ minPages: 128, lowPages: 160, highPages: 192 });
    expect(watermarksOf({ minPages: 1, lowPages: "8 KiB", highPages: 3 })).toEqual({ minPages: 1, lowPages: 2, highPages: 3 });
  });

  test("`memory` stands for the number of pages", () => {
    const form = formOf({ host: { memory: "4 GiB" }, vms: [{ memory: "2 MiB", processes: [] }] });
    const scenario = parseScenario(form);
    expect([scenario.host.framePages, scenario.vms[0]?.configuredPages]).toEqual([1_048_576, 512]);
  });

  test("`count` repeats a VM with numbered names", () => {
    const names = parseScenario(formOf({}, { count: 3, name: "web" })).vms.map(({ name }) => name);
    expect(names).toEqual(["web-1", "web-2", "web-3"]);
    expect(parseScenario(formOf({}, { count: 2 })).vms.map(({ name }) => name)).toEqual(["vm-1", "vm-2"]);
  });

  test("`startStepNs` spreads the VMs of a `count`, and is not kept beside the times that follow from it", () => {
    const { vms } = parseScenario(formOf({}, { count: 3, startNs: "1 us", startStepNs: 40 }));
    expect(vms.map(({ startNs }) => startNs)).toEqual([1000, 1040, 1080]);
  });

  test("`accessNs` is the process's, else that of its VM, else the scenario's, else 100 ns", () => {
    const processes = [{ ...process, accessNs: 7 }, process];
    const timesOf = (scenario: Form, vm: Form): unknown =>
      parseScenario(formOf(scenario, { processes, ...vm })).vms[0]?.processes.map(({ accessNs }) => accessNs);
    expect(timesOf({}, {})).toEqual([7, 100]);
    expect(timesOf({ accessNs: "2 us" }, {})).toEqual([7, 2000]);
    expect(timesOf({ accessNs: "2 us" }, { accessNs: 30 })).toEqual([7, 30]);
    const native = parseScenario({ name: "native", host: { framePages: 128 }, accessNs: 9, os: { processes } });
    expect(native.vms[0]?.processes.map(({ accessNs }) => accessNs)).toEqual([7, 9]);
  });

  test("`startJitterNs` is the VM's, else the scenario's; none is left out, so that the printed scenario is as it was before jitter", () => {
    const jitterOf = (scenario: Form, vm: Form): unknown => parseScenario(formOf(scenario, vm)).vms[0]?.startJitterNs;
    expect(jitterOf({ startJitterNs: "5 us" }, {})).toBe(5000);
    expect(jitterOf({ startJitterNs: "5 us" }, { startJitterNs: 1 })).toBe(1);
    expect(jitterOf({ startJitterNs: "5 us" }, { startJitterNs: 0 })).toBeUndefined();
    expect(printScenario(parseScenario(formOf({}, { startJitterNs: 0 })))).toBe(printScenario(parseScenario(formOf())));
  });

  test("a trace that begins with its first reference is printed as before there was a choice", () => {
    const replaying = (workload: Form): Form =>
      formOf({}, { processes: [{ virtualPages: 8, workload: { kind: "trace", trace: "t", ...workload } }] });
    const printed = (workload: Form): string => printScenario(parseScenario(replaying(workload)));
    expect(printed({ startAt: "first" })).toBe(printed({}));
    expect(printed({ startAt: "random" })).toContain('"startAt":"random"');
  });

  test("an image's name stands for all its pages, and makes the process one of file pages", () => {
    const processes = [{ ...process, image: "linux" }, { ...process, image: { name: "linux", commonFraction: 0.5 } }, process];
    const found = parseScenario(formOf({}, { processes })).vms[0]?.processes.map(({ backing, image }) => [backing, image]);
    expect(found).toEqual([
      ["file", { name: "linux", commonFraction: 1 }],
      ["file", { name: "linux", commonFraction: 0.5 }],
      ["anonymous", null],
    ]);
  });

  test("a device may be named, a balloon switched off, a policy named", () => {
    const scenario = parseScenario(formOf({ policy: "no-reclaim" }, { disk: "hdd", balloon: false }));
    expect(scenario.vms[0]).toMatchObject({ disk: { readNs: 8_000_000, writeNs: 8_000_000 }, balloon: null });
    expect(scenario.policy).toEqual({ name: "no-reclaim", parameters: {} });
  });

  test("the largest host has 2^28 frames", () => {
    expect(parseScenario(formOf({}, {}, { framePages: 2 ** 28 })).host.framePages).toBe(2 ** 28);
    expect(refused(formOf({}, {}, { framePages: 2 ** 28 + 1 }))).toHaveLength(1);
  });
});

test("references may be numbers, texts, or one text (oracle: the one canonical form)", () => {
  const read = (references: unknown): unknown => {
    const form = formOf({}, { processes: [{ workload: { kind: "references", references } }] });
    return parseScenario(form).vms[0]?.processes[0];
  };
  const canonical = { virtualPages: 8, workload: { kind: "references", references: ["7", "0", "w1"] } };
  for (const form of [["7", "0", "w1"], [7, 0, "w1"], "7 0 w1", "7,0, w1\n"]) expect(read(form)).toMatchObject(canonical);
});

describe("references by name (oracle: by hand)", () => {
  const read = (given: Form): unknown => parseScenario(formOf({}, { processes: [given] })).vms[0]?.processes[0];

  test("number the pages by their first use, and name them", () => {
    const numbered = { virtualPages: 3, workload: { references: ["0", "1", "w0", "2", "1"] }, pageNames: { 0: "red", 1: "blue", 2: "w" } };
    for (const references of ["red blue w:red w blue", ["red", "blue", "w:red", "w", "blue"]]) {
      expect(read({ workload: { kind: "references", references } })).toMatchObject(numbered);
    }
  });

  test("have the numbers of pageNames, and the lowest free ones beside them; in all phases the same", () => {
    const phases = ["green red", "w:blue green"].map((references) => ({ kind: "references", references }));
    const found = read({ pageNames: { 0: "blue", 2: "red" }, workload: { kind: "phases", phases } });
    expect(found).toMatchObject({
      pageNames: { 0: "blue", 1: "green", 2: "red" },
      workload: { phases: [{ references: ["1", "2"] }, { references: ["w0", "1"] }] },
    });
  });

  test("cannot stand beside references by number, nor name more pages than there are", () => {
    const replayed = (references: unknown, changes: Form = {}): string[] =>
      refused(formOf({}, { processes: [{ ...changes, workload: { kind: "references", references } }] }));
    expect(replayed(["red", 3])).toEqual([
      '/vms/0/processes/0/workload has references by number ("3") and by name ("red"); all of a process\'s references are of one kind',
    ]);
    expect(replayed("red blue", { virtualPages: 1 })[0]).toContain("/vms/0/processes/0/workload/references/1 touches page 1");
    expect(replayed("red bl?ue")[0]).toContain('has "bl?ue" as reference 1, counted from 0; a reference is 3 or "3"');
  });
});

describe("problems are told with their path, what was found and what is allowed", () => {
  test("all of them together", () => {
    const form = formOf({ seed: "seven", colour: 1 }, { configuredPages: -5, replacement: "mru" }, { framePages: 1.5 });
    expect(refused(form).map((problem) => problem.split(" ")[0])).toEqual([
      "/colour",
      "/seed",
      "/host/framePages",
      "/vms/0/configuredPages",
      "/vms/0/replacement",
    ]);
  });

  test.each<[string, Form, string]>([
    ["an unknown key, with the nearest known one", formOf({ polcy: "x" }), '/polcy is not known here; is "policy" meant?'],
    ["a wrong choice", formOf({ mmu: "nestd" }), '/mmu must be one of shadow, nested, not "nestd"'],
    ["a wrong kind of workload", formOf({}, { processes: [{ workload: { kind: "ziph" } }] }), 'is "zipf" meant?'],
    ["a negative size", formOf({}, { reservationPages: -1 }), "/vms/0/reservationPages must be a whole number of pages"],
    [
      "an unknown balloon driver",
      formOf({}, { balloon: { driver: "vmwre" } }),
      '/vms/0/balloon/driver must be one of simple, vmware, virtio, not "vmwre"',
    ],
    ["another driver's figure", formOf({}, { balloon: { driver: "virtio", pollNs: 1 } }), "/vms/0/balloon/pollNs is not known here"],
    [
      "bounds of a rate the wrong way round",
      formOf({}, { balloon: { driver: "vmware", allocLeastPages: 9, allocMostPages: 8 } }),
      "/vms/0/balloon/allocLeastPages must be at most allocMostPages, 8, not 9",
    ],
    ["a device of no channel", formOf({}, { disk: { readNs: 1, writeNs: 1, queueDepth: 0 } }), "/vms/0/disk/queueDepth must be"],
    [
      "a bandwidth without a time",
      formOf({}, { disk: { readNs: 1, writeNs: 1, bandwidthBytesPerS: "5 MB" } }),
      '/vms/0/disk/bandwidthBytesPerS must be a whole number of bytes/s from 1 to 1,000,000,000,000 or text such as "150 MB/s"',
    ],
    ["text without a unit", formOf({ durationNs: "12" }), "/durationNs must be a whole number of ns"],
    ["a size in both ways", formOf({}, { memory: "1 MiB" }), "/vms/0 has both configuredPages and memory; give one of them"],
    ["a missing size", formOf({ host: {} }), '/host/framePages is missing: give it, or memory such as "2 GiB"'],
    [
      "a kernel as large as its VM",
      formOf({}, { kernelPages: 64 }),
      "/vms/0/kernelPages must be below the VM's 64 configured pages, not 64",
    ],
    ["a limit above the VM", formOf({}, { limitPages: 65 }), "/vms/0/limitPages must be at most the VM's 64 configured pages, not 65"],
    [
      "a reservation above the limit",
      formOf({}, { limitPages: 9, reservationPages: 10 }),
      "/vms/0/reservationPages must be at most limitPages, 9, not 10",
    ],
    [
      "thresholds out of order",
      formOf({}, {}, { memoryStates: { hard: 0.5 } }),
      "/host/memoryStates must fall from soft over hard to low, not 0.04, 0.5, 0.01",
    ],
    [
      "equal names",
      formOf({
        vms: [
          { name: "a", configuredPages: 4, processes: [] },
          { name: "a", configuredPages: 4, processes: [] },
        ],
      }),
      '/vms/1/name gives "a", as does /vms/0; names must differ',
    ],
    ["neither VMs nor an OS", formOf({ vms: undefined }), "/vms must be a list"],
    ["an OS beside VMs", formOf({ os: { processes: [] } }), " has both os (one level) and vms (two levels); give one of them"],
    ["VMs under one level", formOf({ mapping: "oneLevel" }), "/vms do not exist under one-level mapping; give os"],
    [
      "a trace without a size",
      formOf({}, { processes: [{ workload: { kind: "trace", trace: "t" } }] }),
      "/vms/0/processes/0/virtualPages is missing",
    ],
    [
      "a trace's odd name",
      formOf({}, { processes: [{ virtualPages: 1, workload: { kind: "trace", trace: "../t" } }] }),
      "/vms/0/processes/0/workload/trace must be a trace's name",
    ],
    [
      "a start within a trace that is none",
      formOf({}, { processes: [{ virtualPages: 1, workload: { kind: "trace", trace: "t", startAt: "middle" } }] }),
      '/vms/0/processes/0/workload/startAt must be one of first, random, not "middle"',
    ],
    [
      "jitter beyond the longest time",
      formOf({}, { startJitterNs: 2e15 }),
      "/vms/0/startJitterNs must be a whole number of ns from 0 to 1,000,000,000,000,000",
    ],
    [
      "jitter beyond the end of the run",
      formOf({ durationNs: "1 ms" }, { startNs: "900 us", startJitterNs: "200 us" }),
      "/vms/0/startJitterNs lets it start at up to 1,100,000 ns, after the run's end at 1,000,000 ns; start it earlier, or raise durationNs",
    ],
    [
      "jitter beside a command that names a VM",
      formOf({ script: [{ atNs: "1 s", command: { kind: "stopVm", vm: 1 } }] }, { startJitterNs: 9 }),
      '/script/0/command/vm names a VM by its number in the order in which VMs are switched on, but VM "vm-1" has startJitterNs',
    ],
    [
      "jitter under one level",
      { name: "native", host: { framePages: 128 }, startJitterNs: 9, os: { processes: [process] } },
      "/startJitterNs is of VMs (two levels); leave it out beside os (one level)",
    ],
    [
      "copies that start after the longest time",
      formOf({}, { count: 3, startStepNs: 1e15 }),
      "/vms/0/startStepNs has the last of the 3 VMs start at 2,000,000,000,000,000 ns; at most 1,000,000,000,000,000 ns are allowed",
    ],
    [
      "opt with two processes",
      formOf({}, { replacement: "opt", processes: [process, process] }),
      "/vms/0/replacement is opt, which must know every access beforehand: give the VM one process, not 2; or take another replacement",
    ],
    [
      "opt with a file",
      formOf({}, { replacement: "opt", files: [{ name: "log", pages: 4 }] }),
      "/vms/0/replacement is opt, which must know every access beforehand: give the VM no files",
    ],
    [
      "opt for a process that waits for commands",
      {
        name: "n",
        host: { framePages: 99 },
        os: { replacement: "opt", processes: [{ virtualPages: 4, workload: { kind: "interactive" } }] },
      },
      '/os/replacement is opt, which must know every access beforehand: process "process-1" waits for commands',
    ],
    [
      "opt for more accesses than can be known",
      formOf({}, { replacement: "opt", processes: [{ workload: { kind: "cyclic", pages: 8, accesses: 1e9 } }] }),
      'process "process-1" makes 1,000,000,000 accesses, let it make at most 33,554,432',
    ],
    ["a think time of 0", formOf({}, { accessNs: 0 }), "/vms/0/accessNs must be a whole number of ns from 1 to 1,000,000,000,000,000"],
    [
      "a name for no page",
      formOf({}, { processes: [{ ...process, pageNames: { 8: "red" } }] }),
      "/vms/0/processes/0/pageNames/8 is not a page of the process: it has 8 pages, from 0",
    ],
    [
      "one name for two pages",
      formOf({}, { processes: [{ ...process, pageNames: { 2: "red", 0: "blue", 3: "red" } }] }),
      '/vms/0/processes/0/pageNames/3 is "red", as is page 2; names of pages must differ',
    ],
    [
      "an image of anonymous pages",
      formOf({}, { processes: [{ ...process, image: "linux", backing: "anonymous" }] }),
      "/vms/0/processes/0/backing must be file, or left out, for a process with an image",
    ],
    [
      "a file that the VM does not have",
      formOf({}, { files: [{ name: "log", pages: 4 }], processes: [{ workload: { kind: "readFile", file: "data" } }] }),
      '/vms/0/processes/0/workload/file is "data", which the VM does not have; its files are: "log"',
    ],
    [
      "more of a file than there is",
      formOf(
        {},
        {
          files: [{ name: "log", pages: 4 }],
          processes: [
            {
              workload: {
                kind: "phases",
                phases: [
                  { kind: "idle", ns: 1 },
                  { kind: "readFile", file: "log", firstPage: 3, pages: 2 },
                ],
              },
            },
          ],
        },
      ),
      '/vms/0/processes/0/workload/phases/1 reads page 4, but "log" has only 4 pages, numbered from 0',
    ],
    [
      "kernel pages said twice",
      formOf({}, { kernelPages: 1, kernelFraction: 0.5 }),
      "/vms/0 has both kernelPages and kernelFraction; give one of them",
    ],
    [
      "watermarks out of order",
      formOf({}, { watermarks: { minPages: 3, lowPages: 2, highPages: 5 } }),
      "/vms/0/watermarks must rise from minPages over lowPages to highPages, not 3, 2, 5",
    ],
    ["watermarks that leave nothing", formOf({}, { configuredPages: 48, watermarks: true }), "/vms/0/watermarks leave nothing to use"],
    [
      "two files of one name",
      formOf(
        {},
        {
          files: [
            { name: "log", pages: 4 },
            { name: "log", pages: 5 },
          ],
        },
      ),
      '/vms/0/files/1/name is "log", as is that of file 1; names must differ',
    ],
    [
      "a reference that is none",
      formOf({}, { processes: [{ workload: { kind: "references", references: ["r?1"] } }] }),
      "/vms/0/processes/0/workload/references/0 must be a reference",
    ],
    ...(
      [
        ["a negative page", [7, -1], "/references/1 must be a whole number from 0 to 268,435,455, not -1"],
        ["half a page", [0.5], "/references/0 must be a whole number"],
        [
          "null for a page",
          [0, null],
          '/references/1 must be a reference such as 3 or "3" (load page 3), "w3" (store to it), or by a page\'s name "red" and "w:red", not null',
        ],
        ["a page beyond all memory", ["w268435456"], "/references/0 must be of a page from 0 to 268,435,455"],
        ["a text with a wrong entry", "7 0 r!1 2", '/references has "r!1" as reference 2, counted from 0'],
        ["a text with a name among numbers", "7 0 r1 2", ' has references by number ("7") and by name ("r1")'],
        ["a text with a page beyond all memory", "1 268435456", '/references has "268435456" as reference 1'],
        ["a text without references", " , ", "/references must be a list from 1 to 1,000,000 references, not a list of 0"],
        [
          "a number for a list",
          7,
          '/references must be a list of references such as [7, 0, "w1"], or text such as "7 0 w1" or "red blue w:red", not 7',
        ],
      ] as const
    ).map(([what, references, expected]): [string, Form, string] => [
      `references with ${what}`,
      formOf({}, { processes: [{ workload: { kind: "references", references } }] }),
      `/vms/0/processes/0/workload${expected}`,
    ]),
    ["control characters", formOf({ description: "a\u0000b" }), "/description must not hold control characters"],
    [
      "a script that goes back in time",
      formOf({
        script: [
          { atNs: 5, command: { kind: "touchRealPage", vm: 1, realPage: 0 } },
          { atNs: 4, command: { kind: "stopVm", vm: 1 } },
        ],
      }),
      "/script/1/atNs is 4 ns, before the command above it at 5 ns",
    ],
    [
      "a command to no VM",
      formOf({ script: [{ atNs: 5, command: { kind: "stopVm", vm: 2 } }] }),
      "/script/0/command/vm is 2; there are 1 VMs by then",
    ],
    [
      "a run's command in a script",
      formOf({ script: [{ atNs: 5, command: { kind: "pause" } }] }),
      "/script/0/command/kind must be one of touchPage",
    ],
  ])("%s", (_, form, expected) => {
    const problems = refused(form);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(expected);
  });

  test("a page outside of its process is found in nested phases", () => {
    const inner = {
      kind: "phases",
      phases: [
        { kind: "idle", ns: 1 },
        { kind: "references", references: ["1", "w9"] },
      ],
    };
    const form = formOf({}, { processes: [{ virtualPages: 8, workload: { kind: "phases", phases: [inner] } }] });
    expect(refused(form)).toEqual([
      "/vms/0/processes/0/workload/phases/0/phases/1/references/1 touches page 9, but the process has only 8 virtual pages, " +
        "numbered from 0; raise its virtualPages to 10 or touch fewer",
    ]);
  });

  test("more VMs than the host's frames have overhead for are refused with the numbers", () => {
    expect(refused(formOf({}, { count: 20 }, { overheadPages: 10, vmOverheadPages: 5 }))).toEqual([
      "/host is too small for its overhead, so that more VMs are asked for than fit: the hypervisor's 10 pages and 5 for each " +
        "of 20 VMs make 110, and it has 100 frames; take fewer VMs, less overhead or more frames",
    ]);
  });

  test("a hypervisor's overhead and commands to it have no place under one-level mapping", () => {
    const script = [{ atNs: 1, command: { kind: "setBalloonTarget", vm: 1, pages: 2 } }];
    const form = { name: "n", host: { framePages: 9, overheadPages: 1 }, os: { processes: [] }, script };
    expect(refused(form)).toEqual([
      "/host/overheadPages must be 0 under one-level mapping, not 1: there is no hypervisor",
      "/script/0/command is setBalloonTarget, which needs a hypervisor; under one-level mapping there is touchPage",
    ]);
  });

  test("phases may nest eight deep and no deeper", () => {
    const nested = (depth: number): Form => (depth === 0 ? process.workload : { kind: "phases", phases: [nested(depth - 1)] });
    expect(refused(formOf({}, { processes: [{ workload: nested(8) }] }))).toEqual([]);
    expect(refused(formOf({}, { processes: [{ workload: nested(9) }] }))[0]).toContain("nests phases 9 deep; 8 are allowed");
    expect(refused(formOf({}, { processes: [{ workload: nested(2000) }] }))).toHaveLength(1);
  });

  test("more than a hundred problems are counted, not all told", () => {
    const problems = refused(formOf({ vms: Array.from({ length: 150 }, () => 7) }));
    expect(problems).toHaveLength(101);
    expect(problems[100]).toBe(" has 50 more problems");
  });

  test.each([undefined, null, 7, "x", [], () => 1])("%s is no scenario", (json) => {
    expect(refused(json)[0]).toContain("must be an object, not ");
  });

  test("keys that every object inherits are unknown keys", () => {
    const form = JSON.parse('{"name":"a","host":{"framePages":8},"vms":[],"__proto__":1,"constructor":2}') as unknown;
    expect(refused(form).map((problem) => problem.split(" ")[0])).toEqual(["/__proto__", "/constructor"]);
  });
});

describe("single parts", () => {
  test("a VM for a running simulation is read like one of a scenario", () => {
    expect(parseVmSpec({ memory: "1 MiB", processes: [] })).toMatchObject({
      name: "vm",
      configuredPages: 256,
      kernelPages: 4,
    });
    expect(problemsOf(() => parseVmSpec({ memory: "1 MiB", processes: [], count: 2 }))[0]).toContain("/count is not known here");
  });

  test("a command is read with its numbers", () => {
    expect(parseCommand({ kind: "touchPage", vm: 1, process: 2, virtualPage: 3 })).toEqual({
      kind: "touchPage",
      vm: 1,
      process: 2,
      virtualPage: 3,
      write: false,
    });
    expect(problemsOf(() => parseCommand({ kind: "step", events: 0 }))[0]).toContain("/events must be a whole number from 1");
  });
});
