import { AlternativesField } from "./alternatives-field.tsx";
import { resolve } from "./json-schema.ts";
import { ListField } from "./list-field.tsx";
import { NamesField } from "./names-field.tsx";
import type { Part } from "./part.ts";
import { RecordField } from "./record-field.tsx";
import { ScalarField } from "./scalar-field.tsx";
import { shapeOf } from "./shape.ts";

/** The field of any part of the schema. */
export function SchemaField(given: Omit<Part, "Inner">) {
  const part = { ...given, schema: resolve(given.form.root, given.schema), Inner: SchemaField };
  const shape = shapeOf(part.form.root, part.schema);
  switch (shape.kind) {
    case "record":
      return <RecordField {...part} />;
    case "names":
      return <NamesField {...part} values={shape.values} />;
    case "alternatives":
      return <AlternativesField {...part} alternatives={shape.alternatives} />;
    case "list":
      return shape.isOfWords ? <ScalarField {...part} /> : <ListField {...part} items={shape.items} />;
    default:
      return <ScalarField {...part} />;
  }
}
