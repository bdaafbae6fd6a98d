import { computed, effect, signal } from "@preact/signals";
import { ask } from "../api/ask.ts";
import { Form } from "./form/form.ts";
import { withoutDefaults } from "./form/initial-value.ts";
import type { Json, JsonSchema } from "./form/json-schema.ts";
import { type KeptDraft, KeptDrafts } from "./kept-drafts.ts";
import { StartingPoint, ValidateScenario } from "./new-run.generated.ts";

export type Draft = {
  /** The bundled scenario that it began with. */
  readonly from: string;
  /** What that was then. */
  readonly initial: Json;
  readonly form: Form;
  /** Another one for each form, whose fields have texts of their own. */
  readonly number: number;
};

/** The scenario that is being written: it stays when other screens are looked at, and after a reload. */
export const draft = signal<Draft | undefined>(undefined);
export const keptDrafts = new KeptDrafts(sessionStorage);

/** Whether something was changed since it was begun. */
export const isChanged = computed(() => {
  const { value } = draft;
  return value !== undefined && JSON.stringify(value.form.value.value) !== JSON.stringify(value.initial);
});

effect(() => {
  const { value } = draft;
  if (value === undefined) return;
  const { from, form, initial } = value;
  if (isChanged.value) keptDrafts.keep(from, { initial, value: form.value.value });
  else keptDrafts.drop(from);
});

/** Continues the draft that began with a bundled scenario, or begins with it. @throws what `ask` throws. */
export async function beginWith(root: JsonSchema, name: string, signal_: AbortSignal): Promise<void> {
  const kept = keptDrafts.find(name);
  if (kept !== undefined) {
    begin(root, name, kept);
    return;
  }
  const { scenario } = await ask(StartingPoint, { name }, signal_);
  if (scenario == null) return;
  const initial = withoutDefaults(root, root, scenario.json as Json);
  begin(root, name, { initial, value: initial });
}

/** Begins anew with the same scenario. */
export function discardDraft(): void {
  if (draft.value === undefined) return;
  const { from, initial, form } = draft.value;
  begin(form.root, from, { initial, value: initial });
}

function begin(root: JsonSchema, from: string, { initial, value }: KeptDraft): void {
  draft.value = { from, initial, form: new Form(root, value), number: (draft.peek()?.number ?? 0) + 1 };
}

/** Asks the server what is wrong with what is written now. */
export async function validate(form: Form, signal_: AbortSignal): Promise<void> {
  const { validateScenario } = await ask(ValidateScenario, { json: form.value.value }, signal_);
  form.problems.value = validateScenario;
}
