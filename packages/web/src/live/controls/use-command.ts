import { useState } from "preact/hooks";
import { ask } from "../../api/ask.ts";
import type { Document } from "../../api/document.ts";
import { payloadOf } from "./refusal.ts";

/** The last command that a control gave, for what is shown beside it. */
export type CommandState = {
  readonly isBusy: boolean;
  readonly error: unknown;
  /** Position of its event; undefined: none yet, or a command that has none. */
  readonly position: string | undefined;
};

type Outcome = { readonly position?: string; readonly code?: unknown };

const IDLE: CommandState = { isBusy: false, error: undefined, position: undefined };

export type Send = <Variables>(document: Document<{ readonly outcome: object }, Variables>, variables: Variables) => Promise<void>;

/** Sends commands of one control, one after the other. */
export function useCommand(): readonly [state: CommandState, send: Send] {
  const [state, setState] = useState(IDLE);
  const send: Send = async (document, variables) => {
    setState({ ...IDLE, isBusy: true });
    try {
      const { outcome } = await ask(document, variables);
      setState({ ...IDLE, position: (payloadOf(outcome) as Outcome).position });
    } catch (error) {
      setState({ ...IDLE, error });
    }
  };
  return [state, send];
}
