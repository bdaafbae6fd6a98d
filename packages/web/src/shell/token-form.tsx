import { useState } from "preact/hooks";
import { acceptToken } from "../api/token.ts";
import { Field } from "../design/field.tsx";
import { Panel } from "../design/panel.tsx";

/** Asks for the token of a server that is open beyond this machine. */
export function TokenForm() {
  const [given, setGiven] = useState("");
  const submit = (event: Event): void => {
    event.preventDefault();
    acceptToken(given.trim());
  };
  return (
    <Panel title="This server asks for a token">
      <form class="stack" onSubmit={submit}>
        <p class="soft">
          <code>ballast token create</code> makes one where the server was started. It is kept until this tab is closed.
        </p>
        <Field label="Token">
          <input type="password" autoComplete="off" required value={given} onInput={(event) => setGiven(event.currentTarget.value)} />
        </Field>
        <div>
          <button class="button button-primary" type="submit">
            Continue
          </button>
        </div>
      </form>
    </Panel>
  );
}
