import {
  processRandomness,
  createAccessBuffer,
  createStream,
  STREAM_ENDED,
  STREAM_WAITING,
  type AccessStream,
} from "../../workload/index.ts";
import type { TraceReader } from "../../trace/index.ts";
import { MAX_LOOKAHEAD_ACCESSES } from "../../scenario/index.ts";
import type { HostRuntime } from "../state/host-runtime.ts";
import { Opt } from "../state/replacement/opt.ts";
import type { VmRuntime } from "../state/vm-runtime.ts";

type Traces = ReadonlyMap<string, TraceReader>;

/** A process's accesses, from the first on. */
export function createProcessStream(host: HostRuntime, vm: VmRuntime, process: number, traces: Traces): AccessStream {
  const randomness = processRandomness(host.scenario.seed, vm.memory.vm, process);
  return createStream(vm.spec.processes[process - 1].workload, randomness, { traces, files: vm.spec.files });
}

/** The page of each access, `firstOf` of its file added; or why they cannot be known. Memory follows the accesses. */
export function listPages(stream: AccessStream, firstOf: (file: number) => number): Int32Array | string {
  const buffer = createAccessBuffer();
  let pages: Int32Array = new Int32Array(buffer.pages.length);
  let length = 0;
  for (;;) {
    buffer.file = 0;
    const count = stream.fill(buffer);
    if (count === STREAM_ENDED) return pages.subarray(0, length);
    if (count === STREAM_WAITING) return "waits for commands";
    if (count < 0) continue;
    if (length + count > MAX_LOOKAHEAD_ACCESSES) return `makes more than ${MAX_LOOKAHEAD_ACCESSES} accesses`;
    if (length + count > pages.length) pages = lengthened(pages);
    const first = firstOf(buffer.file);
    for (let i = 0; i < count; i++) pages[length++] = first + buffer.pages[i];
  }
}

/** Tells a guest's replacement that knows the future what its one process will access: the scenario was checked for that. */
export function foreseeProcess(host: HostRuntime, vm: VmRuntime, traces: Traces): void {
  if (!(vm.replacement instanceof Opt)) return;
  const pages = listPages(createProcessStream(host, vm, 1, traces), () => 0);
  if (typeof pages === "string") throw new Error(`the process of VM ${vm.memory.vm} ${pages}, and its guest was to know its accesses`);
  const [process] = vm.processes;
  vm.replacement.foresee({
    pages,
    accessesMade: () => process.accessesMade,
    pageTable: process.memory.pageTable,
    virtualPage: vm.memory.userPage,
  });
}

function lengthened(pages: Int32Array): Int32Array {
  const longer = new Int32Array(pages.length * 2);
  longer.set(pages);
  return longer;
}
