import { Panel } from "../design/panel.tsx";
import { enumWords } from "../format/numbers.ts";
import { whyHref } from "../run/run-hrefs.ts";
import type { RunHead } from "../run/run-head.ts";
import type { Selection } from "../run/selection.ts";
import { vmWords } from "../run/vm-words.ts";
import type { AskedPage, MomentOfRun } from "./asked-page.ts";
import { Hidden, type StageState } from "./hidden-stage.tsx";
import { NO_ENTRY, type TableStep } from "./stages.ts";
import type { TranslateNeighboursQuery, TranslatePageQuery } from "./translate.generated.ts";

type PageTableEntry = NonNullable<NonNullable<NonNullable<TranslatePageQuery["run"]>["at"]["vm"]>["process"]>["pageTable"]["nodes"][number];
type Neighbours = NonNullable<TranslateNeighboursQuery["run"]>["at"];

/** The entries around those that are looked up. */
export type TableParts = {
  readonly pageTable: readonly PageTableEntry[];
  readonly realMapTable: NonNullable<Neighbours["vm"]>["realMapTable"]["nodes"];
  readonly frames: Neighbours["frames"]["nodes"];
};

type StageTableProps = TableParts & {
  readonly run: RunHead;
  readonly moment: MomentOfRun;
  readonly asked: AskedPage;
  readonly at: number;
  readonly step: TableStep;
  readonly state: StageState;
  /** Takes an entry as the answer to what is asked; undefined: it was answered. */
  readonly onPick: ((answer: string) => void) | undefined;
};

/** One look into one table: the entry among its neighbours, and what it says. */
export function StageTable(props: StageTableProps) {
  const { run, asked, at, step, state, onPick } = props;
  const { title, from, to, rows } = partOf(props);
  const isShown = state === "shown";
  return (
    <Panel title={title}>
      {state === "hidden" ? (
        <Hidden />
      ) : (
        <div class="stack-tight">
          <table class="page-table">
            <thead>
              <tr>
                <th scope="col">{from}</th>
                <th scope="col">{to}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map(({ page, name, entry, answer }) => (
                <tr
                  key={page}
                  class={isShown && page === step.page ? "page-table-here" : undefined}
                  aria-current={isShown && page === step.page}
                >
                  <th scope="row">
                    {page}
                    {name === null ? "" : ` (${name})`}
                  </th>
                  <td>
                    {state === "asked" && onPick !== undefined ? (
                      <button class="page-table-pick" type="button" onClick={() => onPick(answer)}>
                        {entry}
                      </button>
                    ) : (
                      entry
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          {isShown ? (
            <p class="small">
              {step.description} <a href={whyHref(run.id, pageOf(step, asked), { at })}>Why?</a>
            </p>
          ) : null}
        </div>
      )}
    </Panel>
  );
}

/** A table that the walk does not come to, in the place where it would be. */
export function UnreachedTable({ table, isKnown }: { readonly table: TableStep["table"]; readonly isKnown: boolean }) {
  return (
    <Panel title={table === "FRAME" ? "Frames of the host" : "Real map table"}>
      {isKnown ? <p class="stage-hidden faint">Not reached: the walk ends before.</p> : <Hidden />}
    </Panel>
  );
}

/** The page whose story tells why the entry is as it is. */
function pageOf({ table, page }: TableStep, { vm, process }: AskedPage): Selection {
  if (table === "FRAME") return { kind: "frame", physicalPage: page };
  if (table === "REAL_MAP_TABLE") return { kind: "real", vm, realPage: page };
  return { kind: "virtual", vm, process, virtualPage: page };
}

type Row = { readonly page: number; readonly name: string | null; readonly entry: string; /** As an answer. */ readonly answer: string };
type Part = { readonly title: string; readonly from: string; readonly to: string; readonly rows: readonly Row[] };

function partOf({ run, moment, asked, step, pageTable, realMapTable, frames }: StageTableProps): Part {
  const isOneLevel = moment.at.host.mapping === "ONE_LEVEL";
  switch (step.table) {
    case "PAGE_TABLE": {
      const rows = pageTable.map((entry) => ({
        page: entry.virtualPage,
        name: entry.virtualPageName,
        entry: pageTableWords(entry),
        answer: answerOf(entry.realPage),
      }));
      return { title: `Page table of process ${asked.process}`, from: "virtual page", to: isOneLevel ? "frame" : "real page", rows };
    }
    case "REAL_MAP_TABLE": {
      const rows = realMapTable.map((entry) => ({
        page: entry.realPage,
        name: entry.virtualPageName,
        entry: realMapWords(entry),
        answer: answerOf(entry.physicalPage),
      }));
      return { title: `Real map table of ${vmWords(run, asked.vm)}`, from: "real page", to: "frame", rows };
    }
    case "FRAME": {
      const rows = frames.map((entry) => ({
        page: entry.physicalPage,
        name: entry.virtualPageName,
        entry: frameWords(run, entry),
        answer: answerOf(entry.realPage),
      }));
      return { title: "Frames of the host", from: "frame", to: "holds", rows };
    }
  }
}

function answerOf(found: number | null): string {
  return found === null ? NO_ENTRY : String(found);
}

function pageTableWords({ realPage, isOnDisk }: PageTableEntry): string {
  if (realPage !== null) return String(realPage);
  return isOnDisk ? "no entry; on the disk" : "no entry";
}

function realMapWords({
  physicalPage,
  swapSlot,
  isLarge,
  isShared,
  isOnGuestDisk,
  compressedBytes,
  use,
}: TableParts["realMapTable"][number]): string {
  if (physicalPage !== null) return `${physicalPage}${isLarge ? ", large" : ""}${isShared ? ", shared" : ""}`;
  if (swapSlot !== null) return `no entry; swap slot ${swapSlot}`;
  if (compressedBytes !== null) return "no entry; compressed";
  if (isOnGuestDisk) return "no entry; on the guest's disk";
  return use === "BALLOON" ? "no entry; in the balloon" : "no entry";
}

function frameWords(run: RunHead, { owner, vm, realPage }: TableParts["frames"][number]): string {
  if (owner === "VM" && vm !== null && realPage !== null) return `real page ${realPage} of ${vmWords(run, vm)}`;
  return enumWords(owner);
}
