import { timestamp } from "../../format/numbers.ts";
import { COLOURS, type Tour, type TourEvent } from "./tour.ts";
import type { TourPagesQuery } from "./tours.generated.ts";

type Moment = NonNullable<TourPagesQuery["run"]>["at"];
type Vm = Moment["vms"][number];
type Process = Vm["processes"][number];

/** Which pages the shown event names. */
type Named = { readonly vm: number | null; readonly process: number | null; readonly page: (name: string) => string | undefined };

type PictureProps = { readonly tour: Tour; readonly event: TourEvent; readonly moment: Moment };

/** The tables of a moment as the lecture draws them: page tables, real memory, physical memory, with coloured pages. */
export function PagesPicture({ tour, event, moment }: PictureProps) {
  const { vms, host, timeNs } = moment;
  const named: Named = {
    vm: event.vm,
    process: event.process,
    page: (name) => event.fields.find((field) => field.name === name)?.value ?? undefined,
  };
  const isTwoLevel = host.mapping === "TWO_LEVEL";
  return (
    <section class="panel" aria-label={`Tables at ${timestamp(timeNs)}`}>
      <div class="tour-picture" role="group" aria-label="Tables" tabIndex={0}>
        <div class="tour-vms">
          {vms.map((vm) => (
            <div key={vm.vm} class="tour-vm">
              <h2>
                {isTwoLevel ? `VM ${vm.vm}, ${vm.name}` : "Operating system"} <VmState vm={vm} />
              </h2>
              <div class="tour-tables">
                {vm.processes.map((process) => (
                  <PageTable
                    key={process.process}
                    tour={tour}
                    vm={vm}
                    process={process}
                    named={named}
                    entry={isTwoLevel ? "real" : "physical"}
                  />
                ))}
                {isTwoLevel ? <RealMemory tour={tour} vm={vm} named={named} /> : null}
              </div>
            </div>
          ))}
        </div>
        <PhysicalMemory tour={tour} moment={moment} named={named} />
      </div>
    </section>
  );
}

function VmState({ vm: { life, balloonTargetPages: target, balloonSizePages: size } }: { readonly vm: Vm }) {
  if (life === "TERMINATED") return <span class="tag">switched off</span>;
  return target === 0 && size === 0 ? null : (
    <span class="tag">
      balloon {size} of {target}
    </span>
  );
}

type PageTableProps = { readonly tour: Tour; readonly vm: Vm; readonly process: Process; readonly named: Named; readonly entry: string };

function PageTable({ tour, vm, process, named, entry }: PageTableProps) {
  const isNamed = named.vm === vm.vm && named.process === process.process;
  return (
    <table class="tour-table">
      <caption>{process.name}</caption>
      <thead>
        <tr>
          <th scope="col">virtual</th>
          <th scope="col">page</th>
          <th scope="col">{entry}</th>
        </tr>
      </thead>
      <tbody>
        {process.pageTable.nodes.map(({ virtualPage, realPage, isOnDisk }) => (
          <tr key={virtualPage} class={isNamed && named.page("virtualPage") === String(virtualPage) ? "tour-now" : ""}>
            <th scope="row">{virtualPage}</th>
            <td>
              <Page tour={tour} vm={vm} process={process.process} virtualPage={virtualPage} />
            </td>
            <td class="number">{realPage ?? <span class="faint">{isOnDisk ? "on disk" : "none"}</span>}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function RealMemory({ tour, vm, named }: { readonly tour: Tour; readonly vm: Vm; readonly named: Named }) {
  return (
    <table class="tour-table">
      <caption>Real memory, real map table</caption>
      <thead>
        <tr>
          <th scope="col">real</th>
          <th scope="col">page</th>
          <th scope="col">physical</th>
        </tr>
      </thead>
      <tbody>
        {vm.realMapTable.nodes.map((page) => (
          <tr key={page.realPage} class={named.vm === vm.vm && named.page("realPage") === String(page.realPage) ? "tour-now" : ""}>
            <th scope="row">{page.realPage}</th>
            <td>
              <RealPage tour={tour} vm={vm} page={page} />
            </td>
            <td class="number">{page.physicalPage ?? <span class="faint">none</span>}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function RealPage({ tour, vm, page }: { readonly tour: Tour; readonly vm: Vm; readonly page: Vm["realMapTable"]["nodes"][number] }) {
  if (page.process !== null && page.virtualPage !== null) {
    return <Page tour={tour} vm={vm} process={page.process} virtualPage={page.virtualPage} />;
  }
  if (page.use === "BALLOON") return <span class="page page-balloon">balloon</span>;
  return <span class="page page-free">{page.use === "KERNEL" ? "kernel" : "free"}</span>;
}

function PhysicalMemory({ tour, moment, named }: { readonly tour: Tour; readonly moment: Moment; readonly named: Named }) {
  return (
    <table class="tour-table tour-physical">
      <caption>Physical memory</caption>
      <thead>
        <tr>
          <th scope="col">physical</th>
          <th scope="col">page</th>
          <th scope="col">of</th>
        </tr>
      </thead>
      <tbody>
        {moment.frames.nodes.map((frame) => (
          <tr key={frame.physicalPage} class={named.page("physicalPage") === String(frame.physicalPage) ? "tour-now" : ""}>
            <th scope="row">{frame.physicalPage}</th>
            <td>
              <FramePage tour={tour} moment={moment} frame={frame} />
            </td>
            <td class="soft">{frame.vm === null ? "" : moment.host.mapping === "TWO_LEVEL" ? `VM ${frame.vm}` : "OS"}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

type FramePageProps = { readonly tour: Tour; readonly moment: Moment; readonly frame: Moment["frames"]["nodes"][number] };

/** Whatever virtual page is in the frame's real page; under one-level mapping the real page is the frame. */
function FramePage({ tour, moment, frame }: FramePageProps) {
  if (frame.owner === "FREE") return <span class="page page-free">{frame.isZeroed ? "free, zeroed" : "free, old content"}</span>;
  const vm = moment.vms.find((each) => each.vm === frame.vm);
  if (vm === undefined) return <span class="page page-free">hypervisor</span>;
  const place = placeOfRealPage(vm, frame.realPage ?? frame.physicalPage);
  if (place === undefined) return <span class="page page-free">not used</span>;
  return <Page tour={tour} vm={vm} {...place} />;
}

function placeOfRealPage(vm: Vm, realPage: number): { readonly process: number; readonly virtualPage: number } | undefined {
  const places = vm.processes.flatMap(({ process, pageTable }) =>
    pageTable.nodes.filter((entry) => entry.realPage === realPage).map(({ virtualPage }) => ({ process, virtualPage })),
  );
  return places[0];
}

type PageProps = { readonly tour: Tour; readonly vm: Vm; readonly process: number; readonly virtualPage: number };

/** A page in its colour, with the colour's letter and the name that the scenario gives it. */
function Page({ tour, vm, process, virtualPage }: PageProps) {
  const colour = tour.colours[`${vm.vm}.${process}.${virtualPage}`];
  const of = vm.processes.find((each) => each.process === process);
  const name = of?.pageTable.nodes.find((entry) => entry.virtualPage === virtualPage)?.virtualPageName;
  if (colour === undefined) return <span class="page">{name ?? `page ${virtualPage}`}</span>;
  const words = colour.replace("-", " ");
  return (
    <span class={`page page-${colour}`}>
      <b>{COLOURS[colour]}</b> {name === null || name === undefined || name === words ? words : `${words}: ${name}`}
    </span>
  );
}
