import { createHash } from "node:crypto";
import { type DocumentNode, Kind, type OperationDefinitionNode, print, visit } from "graphql";

/** What a document asks of each item, as a text, and the variables that stand in there. */
type Selection = { readonly text: string; readonly variables: readonly string[] };

/** Documents that are asked often are parsed once, so that they are the same objects. */
const known = new WeakMap<OperationDefinitionNode, Selection>();

/**
 * A text that two subscriptions have in common exactly if they ask for the same of each item: the fields inside of the
 * operation's root field, and the values of the variables that stand in there.
 */
export function selectionOf(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): string {
  const selection = known.get(operation) ?? readSelection(document, operation);
  known.set(operation, selection);
  const values = selection.variables.map((name) => [name, variables[name]]);
  return createHash("sha256")
    .update(`${selection.text}\n${JSON.stringify(values)}`)
    .digest("base64url");
}

function readSelection(document: DocumentNode, operation: OperationDefinitionNode): Selection {
  const fragments = document.definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION);
  // Where an item is taken up decides which items there are, not what each looks like: arguments of the root do not count.
  const inside = visit(operation.selectionSet, {
    Field: { enter: (node, _key, parent) => (parent === operation.selectionSet.selections ? { ...node, arguments: [] } : undefined) },
  });
  const variables = new Set<string>();
  for (const part of [inside, ...fragments]) visit(part, { Variable: ({ name }) => void variables.add(name.value) });
  // Defaults of variables belong to the operation.
  const defaults = operation.variableDefinitions?.filter(({ variable }) => variables.has(variable.name.value)) ?? [];
  return { text: [inside, ...fragments, ...defaults].map((part) => print(part)).join("\n"), variables: [...variables].sort() };
}
