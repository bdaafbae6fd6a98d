import { count, pagesAsBytes } from "../format/numbers.ts";
import { type MissRatioCurves, pointAt, ratioText, seriesName } from "./curve-data.ts";

type CountsTableProps = {
  readonly curves: MissRatioCurves;
  /** At the cursor. */
  readonly frames: number;
  /** Of the VM that is marked. */
  readonly size: number | undefined;
  readonly isBound: (policy: string) => boolean;
};

/** The counts of every algorithm at the cursor, and with the memory of the VM that is marked. */
export function CountsTable({ curves, frames, size, isBound }: CountsTableProps) {
  return (
    <div class="table-frame">
      <table class="table">
        <caption class="visually-hidden">Misses of each algorithm</caption>
        <thead>
          <tr>
            <th scope="col">algorithm</th>
            <SizeHeads name={`with ${count(frames)} frames (${pagesAsBytes(frames)})`} />
            {size === undefined ? null : <SizeHeads name={`with the VM's ${count(size)}`} />}
          </tr>
        </thead>
        <tbody>
          {curves.curves.map((curve) => (
            <tr key={curve.policy}>
              <th scope="row">{seriesName(curve.policy, isBound(curve.policy))}</th>
              <Counts point={pointAt(curve, frames)} />
              {size === undefined ? null : <Counts point={pointAt(curve, size)} />}
            </tr>
          ))}
        </tbody>
      </table>
      <p class="small soft">
        Of {count(curves.referenceCount)} references to {count(curves.pageCount)} pages. Misses with the VM's size are those of the largest
        counted size that fits.
      </p>
    </div>
  );
}

function SizeHeads({ name }: { readonly name: string }) {
  return (
    <>
      <th class="number" scope="col">
        misses {name}
      </th>
      <th class="number" scope="col">
        ratio
      </th>
    </>
  );
}

function Counts({ point }: { readonly point: { readonly misses: string; readonly missRatio: number } | undefined }) {
  return (
    <>
      <td class="number">{point === undefined ? "none" : count(point.misses)}</td>
      <td class="number">{point === undefined ? "" : ratioText(point.missRatio)}</td>
    </>
  );
}
