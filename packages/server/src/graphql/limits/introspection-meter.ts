import {
  type FieldNode,
  type FragmentDefinitionNode,
  getNamedType,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  introspectionTypes,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from "graphql";

/** Bytes of a name or a description that cost as much as a field. */
const BYTES_PER_COST = 64;

export type TypeNameOf = (node: FieldNode) => string | undefined;

/**
 * What introspection costs: the fields of its answer, counted exactly, and their text. The schema is known before anything is executed,
 * and the answer about one type is counted once for each selection, so that a document of circles takes no longer than its length.
 */
export class IntrospectionMeter {
  readonly #schema: GraphQLSchema;
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly #nameOf: TypeNameOf;
  readonly #maxCost: number;
  readonly #known = new Map<SelectionSetNode, Map<unknown, number>>();
  #steps = 0;

  /** `nameOf` gives the argument `name` of `__type`. Beyond `maxCost` no more is counted: the cost is then infinite. */
  constructor(schema: GraphQLSchema, fragments: ReadonlyMap<string, FragmentDefinitionNode>, nameOf: TypeNameOf, maxCost: number) {
    this.#schema = schema;
    this.#fragments = fragments;
    this.#nameOf = nameOf;
    this.#maxCost = maxCost;
  }

  /** Of `__schema` or `__type` with everything below. */
  costOf(node: FieldNode): number {
    const own = keyCost(node);
    if (node.selectionSet === undefined) return own;
    if (node.name.value === "__schema") return own + this.#answer(node.selectionSet, typeNamed("__Schema"), this.#schema);
    const name = this.#nameOf(node);
    const type = name === undefined ? undefined : this.#schema.getType(name);
    return type === undefined ? own : own + this.#answer(node.selectionSet, typeNamed("__Type"), type);
  }

  #answer(selectionSet: SelectionSetNode, type: GraphQLObjectType, value: unknown): number {
    const known = this.#known.get(selectionSet) ?? new Map<unknown, number>();
    this.#known.set(selectionSet, known);
    const counted = known.get(value);
    if (counted !== undefined) return counted;
    let cost = 0;
    for (const node of selectionSet.selections) {
      if (node.kind === Kind.FIELD) cost += this.#field(node, type, value);
      else {
        const inner = node.kind === Kind.INLINE_FRAGMENT ? node.selectionSet : this.#fragments.get(node.name.value)?.selectionSet;
        if (inner !== undefined) cost += this.#answer(inner, type, value);
      }
    }
    known.set(value, cost);
    return cost;
  }

  #field(node: FieldNode, type: GraphQLObjectType, value: unknown): number {
    if (++this.#steps > this.#maxCost) return Number.POSITIVE_INFINITY;
    const own = keyCost(node);
    const field = type.getFields()[node.name.value];
    if (field === undefined) return own;
    const found: unknown = field.resolve?.(value, { includeDeprecated: true }, undefined, { schema: this.#schema } as GraphQLResolveInfo);
    const inner = getNamedType(field.type);
    const items = Array.isArray(found) ? (found as unknown[]) : found == null ? [] : [found];
    if (!isObjectType(inner) || node.selectionSet === undefined) return items.reduce((sum: number, item) => sum + textCost(item), own);
    const { selectionSet } = node;
    return items.reduce((sum: number, item) => sum + 1 + this.#answer(selectionSet, inner, item), own);
  }
}

const keyCost = ({ alias, name }: FieldNode): number => 1 + Math.floor((alias ?? name).value.length / BYTES_PER_COST);

const textCost = (value: unknown): number => (typeof value === "string" ? Math.floor(value.length / BYTES_PER_COST) : 0);

function typeNamed(name: "__Schema" | "__Type"): GraphQLObjectType {
  return introspectionTypes.find((type) => type.name === name) as GraphQLObjectType;
}

export function isIntrospection(name: string): boolean {
  return name === "__schema" || name === "__type";
}
