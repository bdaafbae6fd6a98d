import { readFileSync } from "node:fs";
import { buildSchema, findSchemaChanges, isEnumType, isInputObjectType, isInterfaceType, isObjectType, SafeChangeType } from "graphql";
import { expect, test } from "vitest";
import { printedSchema, schema } from "./schema.ts";

const checkedIn = readFileSync(new URL("../../schema.graphql", import.meta.url), "utf8");

test("schema.graphql is the schema that the server serves", () => {
  expect(printedSchema(), "bring it up to date with: node packages/server/src/graphql/write-schema.ts").toBe(checkedIn);
});

test("nothing in the checked-in schema is broken by the one that is served", () => {
  const changes = findSchemaChanges(buildSchema(checkedIn), schema);
  expect(changes.filter(({ type }) => !(type in SafeChangeType))).toEqual([]);
});

test("a field that is taken away, or an argument that is suddenly needed, is seen as a break", () => {
  const without = buildSchema(
    checkedIn.replace(/ {2}"""The run's id."""\n {2}run: ID!/, '  """The run\'s id."""\n  run: ID!\n\n  """More."""\n  more: ID!'),
  );
  const breaks = findSchemaChanges(buildSchema(checkedIn), without).filter(({ type }) => !(type in SafeChangeType));
  expect(breaks.map(({ type }) => type)).toContain("REQUIRED_INPUT_FIELD_ADDED");
});

test("everything in the schema says what it is", () => {
  const silent: string[] = [];
  const check = (coordinate: string, description: string | null | undefined): void => {
    if (description == null || description.trim() === "") silent.push(coordinate);
  };
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith("__")) continue;
    check(type.name, type.description);
    if (isEnumType(type)) for (const value of type.getValues()) check(`${type.name}.${value.name}`, value.description);
    if (isInputObjectType(type))
      for (const field of Object.values(type.getFields())) check(`${type.name}.${field.name}`, field.description);
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      check(`${type.name}.${field.name}`, field.description);
      for (const argument of field.args) check(`${type.name}.${field.name}(${argument.name}:)`, argument.description);
    }
  }
  expect(silent).toEqual([]);
});
