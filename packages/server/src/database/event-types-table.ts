import { CATALOGUE } from "@ballast/core/events";
import type { Pool } from "pg";

/** Fills the table that gives events their names in SQL; done at every start, so that it follows the catalogue. */
export async function writeEventTypes(client: { query: Pool["query"] }): Promise<void> {
  const rows = CATALOGUE.map(({ code, name, family, description, subject, fields }) => ({
    type: code,
    name,
    family,
    description,
    subject,
    a: fields.a?.name ?? null,
    b: fields.b?.name ?? null,
    c: fields.c?.name ?? null,
    d: fields.d?.name ?? null,
  }));
  await client.query(
    `insert into event_types
     select * from jsonb_to_recordset($1::jsonb)
       as row (type smallint, name text, family text, description text, subject text, a text, b text, c text, d text)
     on conflict (type) do update set (name, family, description, subject, a, b, c, d) =
       (excluded.name, excluded.family, excluded.description, excluded.subject, excluded.a, excluded.b, excluded.c, excluded.d)`,
    [JSON.stringify(rows)],
  );
}
