import { useState } from "preact/hooks";
import { Group } from "./group.tsx";
import { initialValue } from "./initial-value.ts";
import { isRecord, type JsonRecord, type JsonSchema } from "./json-schema.ts";
import type { Part } from "./part.ts";
import { pointerOf } from "./path.ts";
import { shapeOf } from "./shape.ts";

/** A record under its name. */
export function RecordField(part: Part) {
  return (
    <Group {...part} problems={hiddenProblems(part, [])}>
      <RecordParts {...part} />
    </Group>
  );
}

type RecordPartsProps = Part & { readonly hidden?: readonly string[] };

/** The properties that are given, and a choice of those that may be added. */
export function RecordParts({ form, schema, path, value, name, Inner, hidden = [] }: RecordPartsProps) {
  const record = isRecord(value) ? value : {};
  const { required = [], properties = {} } = schema;
  const exclusive = exclusiveOf(form.root, schema);
  const shown = shownProperties(schema, record).filter((property) => !hidden.includes(property));
  const absent = Object.keys(properties).filter((property) => !shown.includes(property) && !hidden.includes(property));
  const add = (property: string): void => {
    const others = exclusive.includes(property) ? exclusive.filter((each) => each !== property) : [];
    const kept = Object.entries(record).filter(([each]) => !others.includes(each));
    form.change(path, { ...Object.fromEntries(kept), [property]: initialValue(form.root, properties[property] ?? {}) });
  };
  return (
    <>
      <div class="form-fields">
        {shown.map((property) => (
          <Inner
            key={property}
            form={form}
            schema={properties[property] ?? {}}
            path={[...path, property]}
            value={record[property]}
            name={property}
            Inner={Inner}
            onRemove={required.includes(property) ? undefined : () => form.change([...path, property], undefined)}
          />
        ))}
      </div>
      <AddSetting
        to={name}
        names={absent.filter((property) => properties[property]?.const === undefined)}
        properties={properties}
        onAdd={add}
      />
    </>
  );
}

/** In the order of the schema: what is given, and what has to be. What tells a variant apart is chosen elsewhere. */
function shownProperties({ required = [], properties = {} }: JsonSchema, record: JsonRecord): readonly string[] {
  return Object.keys(properties).filter((property) => property !== "kind" && (property in record || required.includes(property)));
}

function exclusiveOf(root: JsonSchema, schema: JsonSchema): readonly string[] {
  const shape = shapeOf(root, schema);
  return shape.kind === "record" ? shape.exclusive : [];
}

/** Problems of properties that have no field, because they are absent or unknown. */
export function hiddenProblems({ form, schema, path, value }: Part, hidden: readonly string[]): readonly string[] {
  const placed = new Set([...shownProperties(schema, isRecord(value) ? value : {}), ...hidden]);
  const pointer = pointerOf(path);
  return [...form.byPath.value].flatMap(([place, messages]) => {
    const [, property] = place.startsWith(`${pointer}/`) ? (/^\/([^/]+)/.exec(place.slice(pointer.length)) ?? []) : [];
    if (property === undefined || placed.has(property)) return [];
    return messages.map((message) => `${property} ${message}`);
  });
}

type AddSettingProps = {
  readonly to: string;
  readonly names: readonly string[];
  readonly properties: Readonly<Record<string, JsonSchema>>;
  readonly onAdd: (name: string) => void;
};

function AddSetting({ to, names, properties, onAdd }: AddSettingProps) {
  const [chosen, setChosen] = useState("");
  if (names.length === 0) return null;
  const name = names.includes(chosen) ? chosen : (names[0] ?? "");
  return (
    <div class="form-add">
      <select aria-label={`Further settings of ${to}`} value={name} onChange={(event) => setChosen(event.currentTarget.value)}>
        {names.map((each) => (
          <option key={each} value={each} title={properties[each]?.description}>
            {each}
          </option>
        ))}
      </select>
      <button class="button button-small" type="button" onClick={() => onAdd(name)}>
        Add setting
      </button>
    </div>
  );
}
