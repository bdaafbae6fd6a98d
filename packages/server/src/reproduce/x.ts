import { createKernel } from "@ballast/core/kernel";
import { Counter } from "@ballast/core/memory";
import { parseScenario } from "@ballast/core/scenario";
import { NS_PER_S, PAGE_BYTES } from "@ballast/core/units";
import { EventCode } from "@ballast/core/events";
import { stealAtShortage } from "./lab/steal-at-shortage.ts";
const SCALE = Number(process.argv[2] ?? 8);
const TIMES = Number(process.argv[3] ?? 4);
const pagesOf = (m: number) => Math.round((m * 2 ** 20) / PAGE_BYTES / SCALE);
function run(label: string, host: object, caps: any[], batch: number, order: any = "clock", vm: object = {}) {
  const readFile = { kind: "readFile", file: "data", times: 1 };
  const phases: any[] = [{ kind: "idle", ns: 60 * NS_PER_S }];
  for (let i = 0; i < TIMES; i++) phases.push(readFile, { kind: "idle", ns: 1 });
  const scenario = parseScenario({
    name: "x", sampleNs: 0, host: { framePages: pagesOf(100), swapDevice: "hdd", ...host },
    vms: [{ configuredPages: pagesOf(512), kernelPages: pagesOf(8), disk: "hdd", balloon: { pollNs: "1 s", capFraction: 1 },
      files: [{ name: "data", pages: pagesOf(200) }],
      processes: [{ virtualPages: 1, accessNs: "1 us", workload: { kind: "phases", phases } }], ...vm }], script: [] });
  const input = { scenario, policy: stealAtShortage(order, caps, "swap", batch), parameters: {}, traces: new Map() };
  const kernel = createKernel(input);
  while (kernel.advance(32768, 100000) === "running") kernel.takeBatch();
  kernel.takeBatch();
  const c = kernel.machine.vm(1).counters;
  const n = (k: any) => c[(Counter as any)[k]];
  const s = (n("clockNs") - 60e9) / 1e9 * SCALE / TIMES;
  console.log(label.padEnd(46), s.toFixed(2).padStart(8), ["silentSwapWrites","staleSwapReads","falseSwapReads","swapOuts","hostMajorFaults","swapCacheHits","swapReadsWasted","swapClustersWritten","pageIns","mapperUnmaps"].map(k=>k+"="+n(k)).join(" "));
  return s;
}
const m = run("mapper", {}, ["diskMapper"], 32);
for (const [l, h] of [["off", {}], ["cluster3", {swapPageCluster:3}], ["write32", {swapWriteClusterPages:32}], ["both", {swapPageCluster:3,swapWriteClusterPages:32}]] as const)
  for (const o of ["clock","fifo","random"]) { const b = run(`${l} ${o}`, h, [], 32, o); console.log("   factor", (b/m).toFixed(2)); }
