import { hrefWith } from "../../address/address.ts";
import { count } from "../../format/numbers.ts";
import { Refusal } from "./refusal.ts";
import type { CommandState } from "./use-command.ts";

/** What became of a control's last command: its event, or why it was refused. */
export function Outcome({ state: { isBusy, error, position } }: { readonly state: CommandState }) {
  return (
    <div class="command-outcome" aria-live="polite">
      {isBusy ? <span class="soft">Sent.</span> : null}
      {position === undefined ? null : (
        <span class="soft">
          Event {count(position)}. <a href={hrefWith({ at: position })}>Show this moment</a>
        </span>
      )}
      {error === undefined ? null : <Refused error={error} />}
    </div>
  );
}

function Refused({ error }: { readonly error: unknown }) {
  const problems = error instanceof Refusal ? error.problems : [];
  return (
    <div class="field-problem" role="alert">
      <p>{error instanceof Error ? error.message : String(error)}</p>
      {problems.length === 0 ? null : (
        <ul>
          {problems.map(({ path, message }) => (
            <li key={path + message}>
              <code>{path === "" ? "whole" : path}</code> {message}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
