import { useState } from "preact/hooks";
import { useAnswer } from "../../api/use-answer.ts";
import { Answered } from "../../design/answered.tsx";
import { count, enumWords } from "../../format/numbers.ts";
import { whyHref } from "../../run/run-hrefs.ts";
import type { Selection } from "../../run/selection.ts";
import type { MapModel } from "../map-model.ts";
import { useSettledPosition } from "../moment/settled-position.ts";
import { FrameTable, type FrameTableQuery, RealPageTable, type RealPageTableQuery } from "./grid-table.generated.ts";

/** Rows of a page of the table. */
const ROWS = 100;

type GridTableProps = { readonly model: MapModel; readonly vm: number | undefined; readonly cells: number };

/** The pages of a space as a table: what the grid shows, in words. */
export function GridTable({ model, vm, cells }: GridTableProps) {
  const [first, setFirst] = useState(0);
  const position = useSettledPosition(model);
  const end = Math.min(cells, first + ROWS);
  const moment = { run: model.run.value.id, position: String(position), firstPage: first, endPage: end };
  const frames = useAnswer(FrameTable, vm === undefined && position !== undefined ? moment : undefined, { isImmutable: true });
  const pages = useAnswer(RealPageTable, vm !== undefined && position !== undefined ? { ...moment, vm } : undefined, { isImmutable: true });
  return (
    <div class="map-table">
      <div class="map-table-scroll" tabIndex={0} role="region" aria-label="Table of pages">
        {vm === undefined ? (
          <Answered answer={frames}>{({ run }) => <Frames model={model} frames={run?.at.frames.nodes ?? []} />}</Answered>
        ) : (
          <Answered answer={pages}>
            {({ run }) => <RealPages model={model} vm={vm} pages={run?.at.vm?.realMapTable.nodes ?? []} />}
          </Answered>
        )}
      </div>
      <div class="row">
        <button class="button map-small-button" type="button" disabled={first === 0} onClick={() => setFirst(Math.max(0, first - ROWS))}>
          Earlier pages
        </button>
        <span class="soft">
          {count(first)} to {count(Math.max(0, end - 1))} of {count(cells)}
        </span>
        <button class="button map-small-button" type="button" disabled={end >= cells} onClick={() => setFirst(end)}>
          Later pages
        </button>
      </div>
    </div>
  );
}

type FrameRow = NonNullable<FrameTableQuery["run"]>["at"]["frames"]["nodes"][number];
type RealPageRow = NonNullable<NonNullable<RealPageTableQuery["run"]>["at"]["vm"]>["realMapTable"]["nodes"][number];

function Frames({ model, frames }: { readonly model: MapModel; readonly frames: readonly FrameRow[] }) {
  return (
    <Table heads={["Frame", "Owner", "Real page"]}>
      {frames.map(({ physicalPage, owner, vm, realPage, isZeroed, sharers, virtualPageName }) => (
        <tr key={physicalPage}>
          <RowHead model={model} page={{ kind: "frame", physicalPage }} number={physicalPage} />
          <td>
            {vm !== null ? model.nameOf(vm) : enumWords(owner)}
            {owner === "FREE" && isZeroed ? ", zeroed" : ""}
            {sharers > 0 ? `, by ${count(sharers)} real pages` : ""}
          </td>
          <td>
            {realPage === null ? "–" : count(realPage)}
            {virtualPageName === null ? "" : ` (${virtualPageName})`}
          </td>
        </tr>
      ))}
    </Table>
  );
}

function RealPages({ model, vm, pages }: { readonly model: MapModel; readonly vm: number; readonly pages: readonly RealPageRow[] }) {
  return (
    <Table heads={["Real page", "Where it is", "Virtual page"]}>
      {pages.map(({ realPage, description, process, virtualPage, virtualPageName }) => (
        <tr key={realPage}>
          <RowHead model={model} page={{ kind: "real", vm, realPage }} number={realPage} />
          <td>{description}</td>
          <td>
            {virtualPage === null ? "–" : `${count(virtualPage)} of process ${process}`}
            {virtualPageName === null ? "" : ` (${virtualPageName})`}
          </td>
        </tr>
      ))}
    </Table>
  );
}

function Table({ heads, children }: { readonly heads: readonly string[]; readonly children: preact.ComponentChildren }) {
  return (
    <table class="table">
      <thead>
        <tr>
          {heads.map((head) => (
            <th key={head} scope="col">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  );
}

function RowHead({ model, page, number }: { readonly model: MapModel; readonly page: Selection; readonly number: number }) {
  return (
    <th scope="row">
      <a href={whyHref(model.run.value.id, page, { at: model.position.value })}>{count(number)}</a>
    </th>
  );
}
