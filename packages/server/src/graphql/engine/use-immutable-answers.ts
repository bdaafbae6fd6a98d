import {
  type DocumentNode,
  type ExecutionResult,
  type FragmentDefinitionNode,
  getNamedType,
  getOperationAST,
  type GraphQLObjectType,
  type GraphQLSchema,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from "graphql";
import type { Plugin } from "graphql-yoga";
import type { RequestContext } from "../../api/request-context.ts";
import { Immutable } from "../../api/immutable.ts";

/** Types of which only declared fields last; everything below another type hangs on a moment or an event of the past. */
const PRESENT_TYPES: ReadonlySet<string> = new Set(["Query", "Run"]);

/**
 * Marks answers to GET requests that never change as cacheable for ever. Such a document asks `Query` and `Run` for
 * nothing but fields that are declared to last, no resolver had to look at the run's head, and nothing failed. A field
 * that declares nothing does not last, so that a new one cannot be cached by mistake.
 */
export function useImmutableAnswers(cacheControl: string): Plugin<RequestContext> {
  return {
    onExecute({ args, extendContext }) {
      const { contextValue } = args as { contextValue: RequestContext & { request?: Request } };
      if (contextValue.request?.method !== "GET") return;
      const { schema, document, operationName } = args;
      if (!asksThePastOnly(schema, document, operationName)) return;
      const immutable = new Immutable();
      extendContext({ immutable });
      return {
        onExecuteDone({ result, setResult }) {
          const answer = result as ExecutionResult;
          if (!immutable.isImmutable || answer.errors !== undefined) return;
          const http = { headers: { "cache-control": cacheControl } };
          setResult({ ...answer, extensions: { ...answer.extensions, http } });
        },
      };
    },
  };
}

function asksThePastOnly(schema: GraphQLSchema, document: DocumentNode, operationName: string | null | undefined): boolean {
  const operation = getOperationAST(document, operationName);
  const query = schema.getQueryType();
  if (operation == null || query == null || operation.operation !== "query") return false;
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions) if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  return lasts(fragments, operation.selectionSet, query);
}

function lasts(fragments: ReadonlyMap<string, FragmentDefinitionNode>, selectionSet: SelectionSetNode, type: GraphQLObjectType): boolean {
  return selectionSet.selections.every((node) => {
    if (node.kind === Kind.INLINE_FRAGMENT) return lasts(fragments, node.selectionSet, type);
    if (node.kind === Kind.FRAGMENT_SPREAD) {
      const fragment = fragments.get(node.name.value);
      return fragment !== undefined && lasts(fragments, fragment.selectionSet, type);
    }
    if (node.name.value === "__typename") return true;
    const field = type.getFields()[node.name.value];
    if (field === undefined || field.extensions.immutable !== true) return false;
    const inner = getNamedType(field.type);
    if (node.selectionSet === undefined || !isObjectType(inner) || !PRESENT_TYPES.has(inner.name)) return true;
    return lasts(fragments, node.selectionSet, inner);
  });
}
