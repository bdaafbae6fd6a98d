import { useAnswer } from "../../api/use-answer.ts";
import { count } from "../../format/numbers.ts";
import { type Selection, selectionText, selectionWords } from "../../run/selection.ts";
import type { MapModel } from "../map-model.ts";
import { useSettledPosition } from "../moment/settled-position.ts";
import { VirtualPages as VirtualPagesDocument, type VirtualPagesQuery } from "./virtual-pages.generated.ts";

/** Of larger hosts there would be too many to look at. */
const MAX_FRAMES = 64;
const MAX_PAGES = 64;

type Process = NonNullable<VirtualPagesQuery["run"]>["at"]["vms"][number]["processes"][number];

/** Of a small host: the pages of each process of a VM, which are linked with the real pages and frames that they have. */
export function VirtualPages({ model, vm }: { readonly model: MapModel; readonly vm: number }) {
  const position = useSettledPosition(model);
  const frames = model.session.shown.value === undefined ? undefined : model.spaceOf(undefined)?.states.length;
  const isSmall = frames !== undefined && frames <= MAX_FRAMES;
  const variables = isSmall && position !== undefined ? { run: model.run.value.id, position: String(position) } : undefined;
  const { data } = useAnswer(VirtualPagesDocument, variables, { isImmutable: true });
  const processes = data?.run?.at.vms.find((each) => each.vm === vm)?.processes ?? [];
  if (!isSmall) return null;
  return (
    <div class="map-virtual">
      {processes
        .filter(({ virtualPages }) => virtualPages <= MAX_PAGES)
        .map((process) => (
          <ProcessPages key={process.process} model={model} vm={vm} process={process} />
        ))}
    </div>
  );
}

type ProcessPagesProps = { readonly model: MapModel; readonly vm: number; readonly process: Process };

function ProcessPages({ model, vm, process: { process, name, pageTable } }: ProcessPagesProps) {
  return (
    <div class="map-virtual-process" role="group" aria-label={`Virtual pages of ${name}`}>
      <span class="small soft">{name}</span>
      {pageTable.nodes.map(({ virtualPage, realPage, virtualPageName }) => {
        const page: Selection = { kind: "virtual", vm, process, virtualPage };
        const point = (isOn: boolean): void => void (model.pointed.value = isOn ? page : undefined);
        const words = `${selectionWords(page, model.nameOf)}${virtualPageName === null ? "" : ` (${virtualPageName})`}`;
        return (
          <button
            key={virtualPage}
            type="button"
            class={classOf(model, page, realPage !== null)}
            aria-label={`${words}: ${realPage === null ? "no entry" : `real page ${count(realPage)}`}`}
            aria-pressed={keyOf(model.selection.value) === keyOf(page)}
            onPointerEnter={() => point(true)}
            onPointerLeave={() => point(false)}
            onFocus={() => point(true)}
            onBlur={() => point(false)}
            onClick={() => model.take(page)}
          >
            {virtualPageName ?? count(virtualPage)}
          </button>
        );
      })}
    </div>
  );
}

function classOf(model: MapModel, page: Selection, isMapped: boolean): string {
  const isLit = [model.pointedLinks.value, model.selectedLinks.value].some(
    ({ virtualPage }) => virtualPage !== undefined && keyOf({ kind: "virtual", ...virtualPage }) === keyOf(page),
  );
  return `map-virtual-page${isMapped ? " map-virtual-mapped" : ""}${isLit ? " map-virtual-lit" : ""}`;
}

function keyOf(page: Selection | undefined): string {
  return page === undefined ? "" : selectionText(page);
}
