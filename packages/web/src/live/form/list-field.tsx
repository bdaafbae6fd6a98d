import { useState } from "preact/hooks";
import { counted } from "../../format/numbers.ts";
import { Group } from "./group.tsx";
import { initialValue } from "./initial-value.ts";
import { isRecord, type Json, type JsonSchema, resolve } from "./json-schema.ts";
import type { Part } from "./part.ts";
import { pointerOf } from "./path.ts";
import { hiddenProblems, RecordParts } from "./record-field.tsx";
import { shapeOf } from "./shape.ts";

/** Things of one kind, such as VMs: each can be opened, duplicated and removed. */
export function ListField(part: Part & { readonly items: JsonSchema }) {
  const { form, schema, path, value, name, items } = part;
  const list: readonly Json[] = Array.isArray(value) ? value : [];
  const add = (item: Json, at: number): void => form.change(path, list.toSpliced(at, 0, item));
  return (
    <Group
      {...part}
      name={`${name} (${list.length})`}
      actions={
        list.length >= (schema.maxItems ?? Infinity) ? null : (
          <div>
            <button class="button button-small" type="button" onClick={() => add(initialValue(form.root, items), list.length)}>
              Add to {name}
            </button>
          </div>
        )
      }
    >
      {list.map((item, index) => (
        <Item
          key={index}
          form={form}
          schema={resolve(form.root, items)}
          path={[...path, index]}
          value={item}
          name={titleOf(name, item, index)}
          Inner={part.Inner}
          isAlone={list.length === 1}
          onDuplicate={() => add(copyOf(item), index + 1)}
          onRemove={() => form.change([...path, index], undefined)}
        />
      ))}
    </Group>
  );
}

type ItemProps = Part & { readonly isAlone: boolean; readonly onDuplicate: () => void };

/** The fields of an item are made when it is opened. */
function Item({ isAlone, onDuplicate, ...part }: ItemProps) {
  const { form, schema, path, name, onRemove } = part;
  const [isOpen, setOpen] = useState(isAlone);
  const problems = form.problemsWithin(pointerOf(path));
  const isRecordItem = shapeOf(form.root, schema).kind === "record";
  return (
    <details class="form-item" open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <span>{name}</span>
        {problems === 0 ? null : <span class="tag tag-bad">{counted(problems, "problem")}</span>}
      </summary>
      {isOpen ? (
        <>
          <div class="row">
            <button class="button button-small" type="button" aria-label={`Duplicate ${name}`} onClick={onDuplicate}>
              Duplicate
            </button>
            <button class="button button-small" type="button" aria-label={`Remove ${name}`} onClick={onRemove}>
              Remove
            </button>
          </div>
          {isRecordItem ? <RecordItem {...part} /> : <part.Inner {...part} onRemove={undefined} />}
        </>
      ) : null}
    </details>
  );
}

function RecordItem(part: Part) {
  return (
    <>
      {[...part.form.problemsAt(pointerOf(part.path)), ...hiddenProblems(part, [])].map((message) => (
        <p key={message} class="field-problem" role="alert">
          {message}
        </p>
      ))}
      <RecordParts {...part} />
    </>
  );
}

/** By its name, or by what kind of thing it is. */
function titleOf(list: string, item: Json, index: number): string {
  const [title = list] = [item, ...(isRecord(item) ? Object.values(item) : [])].flatMap((each) => {
    const found = isRecord(each) ? (each["name"] ?? each["kind"]) : undefined;
    return typeof found === "string" ? [found] : [];
  });
  return `${index + 1}. ${title}`;
}

/** Names tell VMs and processes apart. */
function copyOf(item: Json): Json {
  return isRecord(item) && typeof item["name"] === "string" ? { ...item, name: `${item["name"]} copy` } : item;
}
