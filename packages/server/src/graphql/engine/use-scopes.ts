import { type DocumentNode, getOperationAST, type GraphQLSchema, Kind, type SelectionSetNode } from "graphql";
import type { Plugin } from "graphql-yoga";
import { allows, type Scope } from "../../access/index.ts";
import type { RequestContext } from "../../api/request-context.ts";
import { codedError } from "../errors/coded-error.ts";

const FORBIDDEN = { http: { status: 403, spec: true } };

/** What a mutation asks of a token: `t.field({ ...needs("administer"), ... })`. */
export function needs(scope: Scope): { readonly extensions: { readonly scope: Scope } } {
  return { extensions: { scope } };
}

/** Refuses a document of which the token does not allow every mutation, before any of them is carried out. */
export function useScopes(): Plugin<RequestContext> {
  return {
    onExecute({ args, setResultAndStopExecution }) {
      const { scope } = args.contextValue;
      const refused = mutationsOf(args.document, args.operationName).find((name) => !allows(scope, scopeOf(args.schema, name)));
      if (refused === undefined) return;
      const needed = scopeOf(args.schema, refused);
      const message = `${refused} needs a token of the scope ${needed}, and this one's is ${scope}: see \`ballast token create\``;
      setResultAndStopExecution({ errors: [codedError("SCOPE_MISSING", message, FORBIDDEN)] });
    },
  };
}

/** One without a declared scope needs the highest. */
export function scopeOf(schema: GraphQLSchema, mutation: string): Scope {
  const declared = schema.getMutationType()?.getFields()[mutation]?.extensions["scope"];
  return (declared as Scope | undefined) ?? "administer";
}

/** Names of the mutations that an operation selects, through fragments as well. */
function mutationsOf(document: DocumentNode, operationName: string | null | undefined): string[] {
  const operation = getOperationAST(document, operationName);
  if (operation?.operation !== "mutation") return [];
  const fragments = new Map<string, SelectionSetNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition.selectionSet);
  }
  const names: string[] = [];
  const sets = new Set([operation.selectionSet]);
  for (const set of sets) {
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) names.push(selection.name.value);
      else {
        const inner = selection.kind === Kind.INLINE_FRAGMENT ? selection.selectionSet : fragments.get(selection.name.value);
        if (inner !== undefined) sets.add(inner);
      }
    }
  }
  return names.filter((name) => !name.startsWith("__"));
}
