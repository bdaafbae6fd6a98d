import { expect, test } from "vitest";
import { BallastError } from "../errors/index.ts";
import { recordReferences } from "../testing/record-trace.ts";
import { parseScenario } from "./parse-scenario.ts";
import { checkTraces } from "./scenario-traces.ts";

type Form = Record<string, unknown>;

function formOf(workload: Form, changes: Form = {}, host: Form = {}): Form {
  const process = { accessNs: 1_000_000_000, virtualPages: 64, workload };
  return { name: "test", host: { framePages: 1000, ...host }, vms: [{ name: "a", configuredPages: 64, processes: [process] }], ...changes };
}

function problemsOf(work: () => unknown): string[] {
  try {
    work();
  } catch (error) {
    if (!(error instanceof BallastError)) throw error;
    return error.problems.map(({ path, message }) => `${path} ${message}`);
  }
  return [];
}

const refused = (form: Form): string[] => problemsOf(() => parseScenario(form));
const uniform = (accesses: number): Form => ({ kind: "uniform", pages: 8, accesses });

test("work of more than 4e15 ns is refused (oracle: accesses times 1e9 ns), unless the run has an end", () => {
  expect(refused(formOf(uniform(4_000_000)))).toEqual([]);
  expect(refused(formOf(uniform(4_000_001)))).toEqual([
    "/vms/0 takes at least 4,000,001,000,000,000 ns of simulated time, and a run has 4,000,000,000,000,000; " +
      "make fewer accesses, or end the run by durationNs",
  ]);
  expect(refused(formOf(uniform(4_000_001), { durationNs: "1 s" }))).toEqual([]);
});

test("phases, times and idle times count (oracle: 5 x (2 x 1e5 x 1e9 + 7e14) ns)", () => {
  const parts = [
    { kind: "cyclic", pages: 8, accesses: 100_000 },
    { kind: "sequential", pages: 8 },
  ];
  const phases = [
    ...parts,
    { kind: "idle", ns: 700_000_000_000_000 },
    { kind: "phases", phases: [{ kind: "references", references: [1] }], times: 99_992 },
  ];
  expect(refused(formOf({ kind: "phases", phases, times: 5 }))[0]).toContain("takes at least 4,500,000,000,000,000 ns");
  expect(refused(formOf({ kind: "phases", phases, times: 4 }))).toEqual([]);
});

test("a file that is read again and again counts with its size", () => {
  const workload = { kind: "readFile", file: "log", firstPage: 2, times: 1_000_001 };
  const form = formOf(workload);
  const [vm] = form["vms"] as Form[];
  expect(refused({ ...form, vms: [{ ...vm, files: [{ name: "log", pages: 6 }] }] })[0]).toContain(
    "takes at least 4,000,004,000,000,000 ns",
  );
});

test("a cost that takes too much time for all pages together is refused with what is allowed", () => {
  expect(refused(formOf(uniform(1), {}, { costs: { trapNs: "1000 s" } }))).toEqual([]);
  expect(refused(formOf(uniform(1), {}, { costs: { balloonPageInNs: "1001 s" } }))).toEqual([
    "/host/costs/balloonPageInNs is 1,001,000,000,000 ns, which makes more than 1,000,000,000,000,000 ns for the 1,000 pages of the " +
      "host or its largest VM; at most 1,000,000,000,000 ns are allowed",
  ]);
});

test("traces are checked against pages and time; all problems are reported together, each with its path", () => {
  const trace = recordReferences("t", [
    [3, 1],
    [9, 1],
    [4, 1],
  ]).reader;
  const form = formOf({ kind: "trace", trace: "t", times: 1_500_000 });
  const [vm] = form["vms"] as { processes: Form[] }[];
  const small = { ...vm, name: "b", processes: [{ ...vm?.processes[0], virtualPages: 2 }] };
  const scenario = parseScenario({ ...form, vms: [vm, small] });
  expect(problemsOf(() => checkTraces(scenario, new Map([["t", trace]])))).toEqual([
    '/vms/0 (VM "a") takes at least 4,500,000,000,000,000 ns of simulated time, and a run has 4,000,000,000,000,000; make fewer accesses, or end the run by durationNs',
    '/vms/1/processes/0/virtualPages is 2, but the traces of process "process-1" of VM "b" touch 3 pages; raise it to 3',
    '/vms/1 (VM "b") takes at least 4,500,000,000,000,000 ns of simulated time, and a run has 4,000,000,000,000,000; make fewer accesses, or end the run by durationNs',
  ]);
  expect(() => checkTraces(scenario, new Map())).toThrow('reads the trace "t"; there are: none');
});

test("a guest under opt is refused with a trace that makes more accesses than can be known", () => {
  const trace = recordReferences("t", [[0, 1]]).reader;
  const form = formOf({ kind: "trace", trace: "t", times: 33_554_433 }, { durationNs: "1 s" });
  const [vm] = form["vms"] as Form[];
  const scenario = parseScenario({ ...form, vms: [{ ...vm, replacement: "opt" }] });
  const [problem] = problemsOf(() => checkTraces(scenario, new Map([["t", trace]])));
  expect(problem).toContain("/vms/0/replacement (VM ");
  expect(problem).toContain('"process-1" makes 33,554,433 accesses, let it make at most 33,554,432');
});
