import { Group } from "./group.tsx";
import { initialValue } from "./initial-value.ts";
import { isRecord, type JsonSchema } from "./json-schema.ts";
import type { Part } from "./part.ts";

/** Values by names that are typed in too, such as names of pages by number. */
export function NamesField(part: Part & { readonly values: JsonSchema }) {
  const { form, path, value, name, values } = part;
  const entries = Object.entries(isRecord(value) ? value : {});
  const rename = (index: number, to: string): void =>
    form.change(path, Object.fromEntries(entries.map(([key, each], at) => [at === index ? to : key, each])));
  const add = (): void => form.change([...path, unusedName(entries.map(([key]) => key))], initialValue(form.root, values));
  return (
    <Group
      {...part}
      actions={
        <div>
          <button class="button button-small" type="button" onClick={add}>
            Add to {name}
          </button>
        </div>
      }
    >
      {entries.map(([key, each], index) => (
        <div class="form-pair" key={index}>
          <input
            type="text"
            aria-label={`Name ${index + 1} in ${name}`}
            value={key}
            onChange={(event) => rename(index, event.currentTarget.value)}
          />
          <part.Inner
            form={form}
            schema={values}
            path={[...path, key]}
            value={each}
            name={`${name} ${key}`}
            Inner={part.Inner}
            onRemove={() => form.change([...path, key], undefined)}
          />
        </div>
      ))}
    </Group>
  );
}

/** Numbers are allowed as names everywhere. */
function unusedName(used: readonly string[]): string {
  for (let number = 0; ; number += 1) if (!used.includes(String(number))) return String(number);
}
