import { count, enumWords } from "../format/numbers.ts";
import { decisionWords } from "./decision-words.ts";
import { figureWords } from "./event-words.ts";
import type { RunHead } from "./run-head.ts";
import { vmWords } from "./vm-words.ts";
import "./reasons.css";

/** A decision of the policy as screens ask for it. */
export type ShownDecision = {
  readonly decision: number;
  readonly kind: string;
  readonly vm: number | null;
  readonly reason: string;
  readonly requestedPages: string;
  readonly donePages: string | null;
  readonly clampCause: string | null;
  readonly figures: readonly { readonly vm: number | null; readonly figure: string; readonly value: number }[];
};

/** What the policy decided, its reason, and the figures that it saw. */
export function DecisionLine({ run, decision }: { readonly run: RunHead; readonly decision: ShownDecision }) {
  const nameOf = (vm: number): string => vmWords(run, vm);
  const { clampCause, donePages } = decision;
  return (
    <div class="decision-line">
      <p>
        Decision {count(decision.decision)}: {decisionWords(decision, nameOf)}. Reason: <strong>“{decision.reason}”</strong>
        {clampCause === null
          ? null
          : ` Not in full: ${enumWords(clampCause)}${donePages === null ? "" : `, ${count(donePages)} pages done`}.`}
      </p>
      {decision.figures.length === 0 ? null : (
        <p class="soft small">
          The policy saw {decision.figures.map((figure) => figureWords(figure) + ofVm(figure.vm, decision.vm, nameOf)).join(", ")}.
        </p>
      )}
    </div>
  );
}

/** Figures of the VM that the decision is about need no name. */
function ofVm(vm: number | null, about: number | null, nameOf: (vm: number) => string): string {
  if (vm === about) return "";
  return ` (${vm === null ? "host" : nameOf(vm)})`;
}
