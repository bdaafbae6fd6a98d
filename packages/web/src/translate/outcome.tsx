import { duration, enumWords } from "../format/numbers.ts";
import { type CostLine, costLines } from "./access-cost.ts";
import type { MomentOfRun } from "./asked-page.ts";
import { outcomeWords, type Translated } from "./stages.ts";

type OutcomeProps = { readonly moment: MomentOfRun; readonly vm: number; readonly translated: Translated };

/** How the access ends, who is asked for help, and what that costs in this run. */
export function Outcome({ moment, vm, translated: { outcome, contentPlace } }: OutcomeProps) {
  const { mapping, mmu } = moment.at.host;
  const lines = costLines(moment.scenario.json, vm, { outcome, contentPlace, mapping, mmu });
  return (
    <div class="stack-tight">
      <p>
        <strong>{sentenceStart(outcomeWords(outcome))}</strong>
        {outcome === "HIT" ? ": the access needs no one's help and does not trap." : `; the content: ${enumWords(contentPlace)}.`}
      </p>
      {outcome === "PAGE_MISS" ? <p class="soft">{missWords(mapping, mmu)}</p> : null}
      {lines.length === 0 ? null : <Costs lines={lines} />}
    </div>
  );
}

function missWords(mapping: string, mmu: string): string {
  if (mapping === "ONE_LEVEL") return "The operating system handles it; nothing traps, because there is no hypervisor.";
  return mmu === "SHADOW"
    ? "The guest handles it; its update of the page table traps to the hypervisor. If the real page has no frame, a host fault follows."
    : "The guest handles it without a trap: the hardware walks the guest's own table. If the real page has no frame, a host fault follows.";
}

function Costs({ lines }: { readonly lines: readonly CostLine[] }) {
  return (
    <table class="table">
      <caption class="visually-hidden">What the access costs</caption>
      <tbody>
        {lines.map(({ words, ns }) => (
          <tr key={words}>
            <th scope="row">{words}</th>
            <td class="number">{duration(ns)}</td>
          </tr>
        ))}
        <tr>
          <th scope="row">
            <strong>in all</strong> <span class="faint">(costs of this run's scenario, without waits for a busy device)</span>
          </th>
          <td class="number">
            <strong>{duration(lines.reduce((sum, { ns }) => sum + ns, 0))}</strong>
          </td>
        </tr>
      </tbody>
    </table>
  );
}

function sentenceStart(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
