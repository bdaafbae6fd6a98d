import type { ComponentType } from "preact";
import type { Form } from "./form.ts";
import type { Json, JsonSchema } from "./json-schema.ts";
import type { Path } from "./path.ts";

/** What every field of a form is given: a place in the value, what is there, and the schema of it. */
export type Part = {
  readonly form: Form;
  /** Resolved. */
  readonly schema: JsonSchema;
  readonly path: Path;
  readonly value: Json | undefined;
  /** For its label. */
  readonly name: string;
  /** Leaves it out; undefined: it has to be there. */
  readonly onRemove?: (() => void) | undefined;
  /** Draws the parts inside. Fields contain fields, so that each is given what draws any of them. */
  readonly Inner: ComponentType<Part>;
};
