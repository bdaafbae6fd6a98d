import { signal } from "@preact/signals";
import { ask } from "../api/ask.ts";
import { Form } from "./form/form.ts";
import { withoutDefaults } from "./form/initial-value.ts";
import type { Json, JsonSchema } from "./form/json-schema.ts";
import { StartingPoint, ValidateScenario } from "./new-run.generated.ts";

export type Draft = { readonly from: string; readonly form: Form };

/** The scenario that is being written: it stays when other screens are looked at. */
export const draft = signal<Draft | undefined>(undefined);

/** Begins with a bundled scenario. @throws what `ask` throws. */
export async function beginWith(root: JsonSchema, name: string, signal_: AbortSignal): Promise<void> {
  const { scenario } = await ask(StartingPoint, { name }, signal_);
  if (scenario == null) return;
  draft.value = { from: name, form: new Form(root, withoutDefaults(root, root, scenario.json as Json)) };
}

/** Asks the server what is wrong with what is written now. */
export async function validate(form: Form, signal_: AbortSignal): Promise<void> {
  const { validateScenario } = await ask(ValidateScenario, { json: form.value.value }, signal_);
  form.problems.value = validateScenario;
}
