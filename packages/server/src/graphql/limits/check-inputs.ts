import { BallastError } from "@ballast/core/errors";
import {
  type DocumentNode,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLSchema,
  getNullableType,
  isInputObjectType,
  isInputType,
  isListType,
  isScalarType,
  Kind,
  type OperationDefinitionNode,
  typeFromAST,
  visit,
} from "graphql";
import { checkJson, checkText } from "./check-json.ts";
import type { Limits } from "../../api/limits/limits.ts";

export type InputLimits = Pick<Limits, "maxInputItems" | "maxTextLength" | "maxJsonDepth">;

/** In the extensions of an input field: its text may be as long as the body of a request. */
export const longText = { longText: true } as const;

/**
 * Refuses values that no field can take, before they are read: texts that Postgres and JSON cannot hold (a NUL, half of a surrogate
 * pair), lists and texts that are too long, JSON that nests too deep.
 * @throws BallastError INPUT_INVALID with the place of the value.
 */
export function checkInputs(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  { variables, limits }: { readonly variables: Readonly<Record<string, unknown>>; readonly limits: InputLimits },
): void {
  // Their length is that of the document, which has a limit of its own.
  visit(document, { [Kind.STRING]: ({ value }) => checkText(value, "a text of the document") });
  const check = new InputCheck(limits);
  for (const { variable, type } of operation.variableDefinitions ?? []) {
    const { value: name } = variable.name;
    const declared = typeFromAST(schema, type as never);
    if (Object.hasOwn(variables, name) && isInputType(declared)) check.value(variables[name], declared, `$${name}`);
  }
}

class InputCheck {
  readonly #limits: InputLimits;

  constructor(limits: InputLimits) {
    this.#limits = limits;
  }

  value(value: unknown, declared: GraphQLInputType, place: string, field?: GraphQLInputField): void {
    const type = getNullableType(declared);
    if (value === null || value === undefined) return;
    if (isListType(type) && Array.isArray(value)) this.#list(value, type.ofType, place);
    else if (isListType(type)) this.value(value, type.ofType, place);
    else if (isInputObjectType(type)) this.#fields(value, type.getFields(), place);
    else if (isScalarType(type) && type.name === "Json") checkJson(value, place, this.#limits.maxJsonDepth);
    else if (typeof value === "string") this.#text(value, place, field);
  }

  #list(items: readonly unknown[], type: GraphQLInputType, place: string): void {
    const { maxInputItems } = this.#limits;
    if (items.length > maxInputItems)
      throw new BallastError("INPUT_INVALID", `${place} has ${items.length} items; the limit is ${maxInputItems}: send fewer`);
    items.forEach((item, index) => this.value(item, type, `${place}[${index}]`));
  }

  #fields(value: unknown, fields: Readonly<Record<string, GraphQLInputField>>, place: string): void {
    if (typeof value !== "object") return;
    for (const [name, field] of Object.entries(fields))
      if (Object.hasOwn(value as object, name))
        this.value((value as Readonly<Record<string, unknown>>)[name], field.type, `${place}.${name}`, field);
  }

  #text(text: string, place: string, field: GraphQLInputField | undefined): void {
    const { maxTextLength } = this.#limits;
    checkText(text, place);
    if (text.length > maxTextLength && field?.extensions.longText !== true)
      throw new BallastError("INPUT_INVALID", `${place} has ${text.length} characters; the limit is ${maxTextLength}: send a shorter text`);
  }
}
