import { EventCode } from "../events/index.ts";

export type LoggedDecision = {
  readonly decision: number;
  readonly position: number;
  readonly timeNs: number;
  readonly vm: number;
  readonly kind: number;
  readonly reason: string;
  readonly requestedPages: number;
};

export type LoggedFigure = {
  readonly decision: number;
  readonly position: number;
  readonly vm: number;
  readonly figure: string;
  readonly valueMillionths: number;
};

export type LoggedClamp = { readonly decision: number; readonly cause: number; readonly donePages: number };

/** What policies decided, why, on which figures, and what could not be carried out; collected until it is taken. */
export class DecisionLog {
  decisions: LoggedDecision[] = [];
  figures: LoggedFigure[] = [];
  clamps: LoggedClamp[] = [];

  /** `text` gives the run's text of an id. */
  apply(
    position: number,
    timeNs: number,
    code: number,
    vm: number,
    [a, b, decision, d]: readonly [number, number, number, number],
    text: (id: number) => string,
  ): void {
    if (code === EventCode.PolicyDecided) {
      this.decisions.push({ decision, position, timeNs, vm, kind: a, reason: text(b), requestedPages: d });
    } else if (code === EventCode.PolicyFigureSeen) {
      this.figures.push({ decision, position, vm, figure: text(a), valueMillionths: d });
    } else if (code === EventCode.DecisionClamped) {
      this.clamps.push({ decision, cause: b, donePages: d });
    }
  }

  /** Everything since the last call. */
  take(): { decisions: LoggedDecision[]; figures: LoggedFigure[]; clamps: LoggedClamp[] } {
    const { decisions, figures, clamps } = this;
    this.decisions = [];
    this.figures = [];
    this.clamps = [];
    return { decisions, figures, clamps };
  }
}
