import { type ChoiceSet, namesOf } from "./choices.ts";
import type { EventFamily, EventFields, EventSubject, EventType, FieldKind } from "./event-type.ts";

type Declaration<Code extends number, Subject extends EventSubject, Fields extends EventFields> = {
  readonly code: Code;
  readonly description: string;
  readonly subject: Subject;
  readonly fields: Fields;
};

/** The function that declares the event types of a family. The name is the one under which the event type is exported. */
export function eventsOf<const Family extends EventFamily>(family: Family) {
  return <const Name extends string, const Code extends number, const Subject extends EventSubject, const Fields extends EventFields>(
    name: Name,
    { code, description, subject, fields }: Declaration<Code, Subject, Fields>,
  ): EventType<Name, Code, Family, Subject, Fields> => ({ code, name, family, description, subject, fields });
}

type Field<Name extends string, Kind extends FieldKind> = { readonly name: Name; readonly kind: Kind; readonly description: string };

export function field<const Name extends string, const Kind extends Exclude<FieldKind, "choice">>(
  name: Name,
  kind: Kind,
  description: string,
): Field<Name, Kind> {
  return { name, kind, description };
}

/** A field that may have none, and says so by this number. */
export function optional<const Declared extends Field<string, FieldKind>, const None extends number>(
  declared: Declared,
  none: None,
): Declared & { readonly none: None } {
  return { ...declared, none, description: `${declared.description}; ${none}: none` };
}

/** A figure that is recorded in millionths, and shown in its unit. */
export function inMillionths<const Name extends string>(
  name: Name,
  description: string,
): Field<Name, "figure"> & { readonly perUnit: number } {
  return { name, kind: "figure", description: `${description}, in millionths`, perUnit: 1_000_000 };
}

/** A number from a small closed set. */
export function choice<const Name extends string, const Set extends ChoiceSet>(
  name: Name,
  description: string,
  set: Set,
): Field<Name, "choice"> & { readonly set: Set; readonly choices: Readonly<Record<number, string>> } {
  return { name, kind: "choice", description, set, choices: namesOf(set) };
}
