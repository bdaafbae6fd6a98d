import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  getNamedType,
  getNullableType,
  type GraphQLField,
  type GraphQLSchema,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
} from "graphql";
import { costOf, timesAnswered } from "./field-cost.ts";
import { IntrospectionMeter, isIntrospection } from "./introspection-meter.ts";

export type Measure = { readonly depth: number; readonly cost: number };

type Variables = Readonly<Record<string, unknown>>;

/**
 * How deep an operation nests and what it costs, before it is executed. Every field costs 1 or what it declares, times
 * the number of items of every list around it; aliases count each. Introspection costs the fields of its answer. A
 * fragment is measured once, so that a document of fragments within fragments takes no longer than its length. The
 * document must be valid.
 */
export function measureOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  { variables, maxCost }: { readonly variables: Variables; readonly maxCost: number },
): Measure {
  const root = schema.getRootType(operation.operation);
  if (root == null) return { depth: 0, cost: 0 };
  return new OperationMeter(schema, document, operation, { variables, maxCost }).measure(operation.selectionSet, root.name);
}

class OperationMeter {
  private readonly schema: GraphQLSchema;
  private readonly variables: Variables;
  private readonly fragments = new Map<string, FragmentDefinitionNode>();
  private readonly measured = new Map<string, Measure>();
  private readonly introspection: IntrospectionMeter;

  constructor(
    schema: GraphQLSchema,
    document: DocumentNode,
    operation: OperationDefinitionNode,
    { variables, maxCost }: { readonly variables: Variables; readonly maxCost: number },
  ) {
    this.schema = schema;
    const defaults = (operation.variableDefinitions ?? []).flatMap(({ variable, defaultValue }) =>
      defaultValue === undefined ? [] : [[variable.name.value, literalOf(defaultValue)] as const],
    );
    this.variables = { ...Object.fromEntries(defaults), ...variables };
    for (const node of document.definitions) {
      if (node.kind === Kind.FRAGMENT_DEFINITION) this.fragments.set(node.name.value, node);
    }
    const typeNameOf = (node: FieldNode): string | undefined => {
      const given = node.arguments?.find((argument) => argument.name.value === "name")?.value;
      const name = given === undefined ? undefined : this.valueOf(given);
      return typeof name === "string" ? name : undefined;
    };
    this.introspection = new IntrospectionMeter(schema, this.fragments, typeNameOf, maxCost);
  }

  measure(selectionSet: SelectionSetNode, typeName: string): Measure {
    let depth = 0;
    let cost = 0;
    for (const node of selectionSet.selections) {
      const part = this.measureSelection(node, typeName);
      depth = Math.max(depth, part.depth);
      cost += part.cost;
    }
    return { depth, cost };
  }

  private measureSelection(node: SelectionSetNode["selections"][number], typeName: string): Measure {
    switch (node.kind) {
      case Kind.FIELD:
        return this.measureField(node, typeName);
      case Kind.INLINE_FRAGMENT:
        return this.measure(node.selectionSet, node.typeCondition?.name.value ?? typeName);
      case Kind.FRAGMENT_SPREAD:
        return this.measureFragment(node.name.value);
    }
  }

  private measureFragment(name: string): Measure {
    const known = this.measured.get(name);
    if (known !== undefined) return known;
    const fragment = this.fragments.get(name);
    const measured =
      fragment === undefined ? { depth: 0, cost: 0 } : this.measure(fragment.selectionSet, fragment.typeCondition.name.value);
    this.measured.set(name, measured);
    return measured;
  }

  private measureField(node: FieldNode, typeName: string): Measure {
    const name = node.name.value;
    const field = this.findField(typeName, name);
    if (isIntrospection(name)) return { depth: this.introspectionDepth(node), cost: this.introspection.costOf(node) };
    if (field === undefined) return { depth: 1, cost: 1 };
    const own = costOf(field).cost ?? 1;
    const type = getNamedType(field.type);
    if (node.selectionSet === undefined || !isCompositeType(type)) return { depth: 1, cost: own };
    const inner = this.measure(node.selectionSet, type.name);
    const isList = isListType(getNullableType(field.type));
    const times = timesAnswered(field, isList, (argument) => this.argument(field, node, argument));
    return { depth: inner.depth + 1, cost: own + times * inner.cost };
  }

  /** Without types: what is below an introspection field is all introspection. */
  private introspectionDepth({ selectionSet }: FieldNode): number {
    return selectionSet === undefined ? 1 : this.measure(selectionSet, "__Schema").depth + 1;
  }

  private findField(typeName: string, name: string): GraphQLField<unknown, unknown> | undefined {
    const type = this.schema.getType(typeName);
    return isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;
  }

  private argument(field: GraphQLField<unknown, unknown>, node: FieldNode, name: string): number | undefined {
    const given = node.arguments?.find((argument) => argument.name.value === name)?.value;
    const value = given === undefined ? undefined : this.valueOf(given);
    if (typeof value === "number") return value;
    const declared = field.args.find((argument) => argument.name === name)?.default?.value;
    return typeof declared === "number" ? declared : undefined;
  }

  private valueOf(node: ValueNode): unknown {
    return node.kind === Kind.VARIABLE ? this.variables[node.name.value] : literalOf(node);
  }
}

function literalOf(node: ValueNode): unknown {
  if (node.kind === Kind.INT) return Number(node.value);
  return node.kind === Kind.STRING ? node.value : undefined;
}
