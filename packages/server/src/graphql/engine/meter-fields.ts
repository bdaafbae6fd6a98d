import {
  getNamedType,
  type GraphQLEnumType,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  defaultFieldResolver,
  isEnumType,
  isLeafType,
  isObjectType,
} from "graphql";
import type { RequestContext } from "../../api/request-context.ts";
import { jsonBytes } from "../limits/json-bytes.ts";
import { inTurns } from "./in-turns.ts";
import { turns } from "../../api/turns.ts";

/** Lists up to this length are completed in one go. */
const SHORT_LIST = 8;

/** Bytes of JSON that come with every field: the quotes and the colon of its key, a comma, brackets. */
const SYNTAX_BYTES = 6;

const meteredFields = new WeakSet<object>();

type Resolver = GraphQLFieldResolver<unknown, RequestContext>;

/**
 * Has every field of a schema counted in the budget of its operation, and begun only while its turn of the event loop lasts; what
 * comes too late waits for a later one. Items of long lists are completed one by one, so that only the fields of one item wait.
 * Changes the schema, and the types of introspection, which all schemas of a process share: without a budget in the context these
 * resolve as before.
 */
export function meterFields(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue;
    const isSubscription = type === schema.getSubscriptionType();
    for (const field of Object.values(type.getFields())) {
      if (meteredFields.has(field)) continue;
      meteredFields.add(field);
      field.resolve = metered(field, isSubscription) as never;
    }
  }
  return schema;
}

function metered(field: GraphQLField<unknown, RequestContext>, beginsAnswer: boolean): Resolver {
  const resolve: Resolver = field.resolve ?? (defaultFieldResolver as Resolver);
  const count = counterOf(field);
  const resolveCounted: Resolver = (source, args, context, info) => {
    const result = resolve(source, args, context, info);
    return isPromise(result) ? result.then((value) => count(value, context, info)) : count(result, context, info);
  };
  return (source, args, context: RequestContext | undefined, info) => {
    if (context?.budget === undefined) return resolve(source, args, context as RequestContext, info);
    if (beginsAnswer) context.budget.reset();
    context.signal.throwIfAborted();
    if (!turns.isOver()) return resolveCounted(source, args, context, info);
    return turns.next(context.budget, context.signal).then(() => resolveCounted(source, args, context, info));
  };
}

type Counter = (value: unknown, context: RequestContext, info: GraphQLResolveInfo) => unknown;

function counterOf(field: GraphQLField<unknown, RequestContext>): Counter {
  const type = getNamedType(field.type);
  const bytesOf = isEnumType(type) ? enumBytes(type) : jsonBytes;
  const isLeaf = isLeafType(type);
  return (value, context, info) => {
    const items = Array.isArray(value) && !isJson(type.name) ? (value as readonly unknown[]) : undefined;
    let bytes = String(info.path.key).length * 3 + SYNTAX_BYTES;
    if (!isLeaf) bytes += (items?.length ?? 1) * SYNTAX_BYTES;
    else if (items === undefined) bytes += bytesOf(value);
    else for (const item of items) bytes += bytesOf(item) + 1;
    context.budget?.spend(bytes);
    return !isLeaf && items !== undefined && items.length > SHORT_LIST ? inTurns(items, context) : value;
  };
}

const isJson = (name: string): boolean => name === "Json";

/** What a resolver gives for an enum may be a number; the answer has a name. */
function enumBytes(type: GraphQLEnumType): () => number {
  const longest = Math.max(...type.getValues().map(({ name }) => name.length));
  return () => longest + 2;
}

function isPromise(value: unknown): value is Promise<unknown> {
  return typeof (value as { then?: unknown } | null | undefined)?.then === "function";
}
