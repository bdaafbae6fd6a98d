import { decimal, enumWords, percent } from "../../format/numbers.ts";
import type { TourMemoryQuery } from "./tours.generated.ts";

type Moment = NonNullable<TourMemoryQuery["run"]>["at"];

const PAGE_BYTES = 4096;

/** The lecture counts in GB of 10^9 bytes, as memory is sold. */
function gigabytes(pages: number): string {
  return `${decimal((pages * PAGE_BYTES) / 1e9)}\u202fGB`;
}

/** Physical memory beside what is promised of it: bars of one scale. */
export function MemoryPicture({ moment: { host, vms } }: { readonly moment: Moment }) {
  const promised = vms.filter(({ life }) => life !== "REFUSED").reduce((sum, vm) => sum + vm.configuredPages + vm.overheadPages, 0);
  const asked = vms.reduce((sum, { configuredPages }) => sum + configuredPages, 0);
  const hypervisor = host.overheadPages - vms.reduce((sum, { overheadPages }) => sum + overheadPages, 0);
  const scale = Math.max(host.framePages, promised + hypervisor, asked);
  const width = (pages: number): { readonly width: string } => ({ width: `${(pages / scale) * 100}%` });
  const used = host.framePages - host.freePages - host.overheadPages;
  return (
    <section class="panel stack" aria-label="Memory">
      <figure class="stack-tight">
        <figcaption>
          <strong>Physical memory</strong>, {gigabytes(host.framePages)}: {gigabytes(host.overheadPages)} kept by the hypervisor, {used}{" "}
          frames in use by VMs
        </figcaption>
        <div class="tour-bar" style={width(host.framePages)}>
          <span class="tour-part tour-overhead" style={{ width: percentOf(host.overheadPages, host.framePages) }} />
        </div>
      </figure>
      <figure class="stack-tight">
        <figcaption>
          <strong>Promised</strong>, with the hypervisor's overhead: {gigabytes(promised + hypervisor)}, {percent(host.overcommitment)} of
          physical memory
        </figcaption>
        <div class="tour-bar tour-promises" style={width(promised + hypervisor)}>
          <span class="tour-part tour-overhead" style={{ width: percentOf(hypervisor, promised + hypervisor) }} />
          {vms
            .filter(({ life }) => life !== "REFUSED")
            .map((vm) => (
              <span
                key={vm.vm}
                class={`tour-part tour-vm-${vm.vm}`}
                style={{ width: percentOf(vm.configuredPages + vm.overheadPages, promised + hypervisor) }}
              >
                VM {vm.vm}
              </span>
            ))}
        </div>
        <div class="tour-mark" style={{ left: percentOf(host.framePages, scale) }} aria-hidden="true" />
      </figure>
      <VmTable vms={vms} />
    </section>
  );
}

function VmTable({ vms }: Pick<Moment, "vms">) {
  return (
    <div class="table-frame">
      <table class="table">
        <thead>
          <tr>
            <th scope="col">VM</th>
            <th scope="col">State</th>
            <th scope="col" class="number">
              Configured
            </th>
            <th scope="col" class="number">
              Kept for it
            </th>
            <th scope="col" class="number">
              Frames in use
            </th>
          </tr>
        </thead>
        <tbody>
          {vms.map((vm) => (
            <tr key={vm.vm}>
              <th scope="row">{vm.name}</th>
              <td>
                <span class={vm.life === "REFUSED" ? "tag tag-bad" : "tag tag-good"}>{enumWords(vm.life)}</span>
              </td>
              <td class="number">{gigabytes(vm.configuredPages)}</td>
              <td class="number">{gigabytes(vm.overheadPages)}</td>
              <td class="number">{vm.residentPages}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function percentOf(part: number, whole: number): string {
  return `${whole === 0 ? 0 : (part / whole) * 100}%`;
}
