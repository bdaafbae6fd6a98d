/** A part of a runtime object that keeps its own state. Some need more than what was saved to load it. */
type Part = { save(): unknown; load(saved: never, ...more: never[]): void };

type SavedBy<P> = P extends { save(): infer Saved } ? Saved : never;

/** Also tells `readonly` properties from others, which nothing but the comparison of generic functions does. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters
type IsEqual<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

type IsAssignable<Owner, Key extends keyof Owner> = IsEqual<{ [K in Key]: Owner[K] }, { -readonly [K in Key]: Owner[K] }>;

/** Fields that can be assigned, and parts that are there from the beginning, one or several. */
type StateKey<Owner> = {
  [Key in keyof Owner]-?: Owner[Key] extends (...values: never[]) => unknown
    ? never
    : NonNullable<Owner[Key]> extends Part | readonly (Part | undefined)[]
      ? Key
      : IsAssignable<Owner, Key> extends true
        ? Key
        : never;
}[keyof Owner];

type SavedParts<Owner, Key extends keyof Owner> = {
  readonly [K in Key]: Owner[K] extends Part ? SavedBy<Owner[K]> : Owner[K];
};

/** Nothing more to ask for if no property is left; else a property that cannot be given, typed by the names of those left. */
type Complete<Left> = [Left] extends [never] ? unknown : { readonly belongsIntoAList: Left };

/**
 * How a runtime object is saved and loaded: one list of the properties that a snapshot holds as they are (`saved`), beside
 * those that the owner saves in a way of its `own`, and those that follow from others or matter for a moment only
 * (`derived`). A field that can be assigned, or a part that saves itself, does not compile if it is in none of them.
 */
export function savedParts<Owner extends object>() {
  return <Saved extends keyof Owner, Own extends keyof Owner, Derived extends keyof Owner>(
    lists: { readonly saved: readonly Saved[]; readonly own: readonly Own[]; readonly derived: readonly Derived[] } & Complete<
      Exclude<StateKey<Owner>, Saved | Own | Derived>
    >,
  ) => ({
    save(owner: Owner): SavedParts<Owner, Saved> {
      const entries = lists.saved.map((key) => [key, saveOne(owner[key])]);
      return Object.fromEntries(entries) as SavedParts<Owner, Saved>;
    },
    load(owner: Owner, saved: SavedParts<Owner, Saved>): void {
      for (const key of lists.saved) {
        const part: unknown = owner[key];
        if (isPart(part)) part.load(saved[key] as never);
        else owner[key] = copyOf(saved[key]) as Owner[Saved];
      }
    },
  });
}

function saveOne(value: unknown): unknown {
  return isPart(value) ? value.save() : copyOf(value);
}

function isPart(value: unknown): value is Part {
  return typeof value === "object" && value !== null && "save" in value && "load" in value;
}

/** A snapshot shares nothing with what it was made of. Fields hold numbers, words, lists of numbers or flat records. */
function copyOf(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  return Array.isArray(value) ? [...(value as unknown[])] : { ...value };
}
