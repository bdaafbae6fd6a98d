import fc from "fast-check";
import {
  getNamedType,
  getNullableType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
  introspectionTypes,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from "graphql";

/** What a random document may name so that some of it is found. */
export type Known = { readonly run: string; readonly position: number };

/** Fields that random documents leave out: a mutation's work is not what they test. */
const MAX_FIELDS = 5;

/** Draws one of the numbers from 0 up to a bound (excluded). */
type Draw = (below: number) => number;

/** Numbers at which databases, 32-bit integers and loops go wrong. */
const INTS = [0, 1, 2, 7, 100, 1_000, -1, -2_147_483_648, 2_147_483_647, 32_768, 65_536];
const BIG_INTS = [0, 1, 50, -1, 2 ** 31, 2 ** 32, 2 ** 53 - 1, -(2 ** 53 - 1)];
const FLOATS = ["0", "1.5", "-1", "1e308", "1e-308", "-0.0"];
const TEXTS = [
  "",
  "x",
  "latest",
  "'; drop table runs; --",
  "\\u0000",
  "\\uD800",
  "\\u{1F600}",
  "../../etc/passwd",
  "%_\\\\",
  "Counters",
  "__proto__",
];
const JSONS = ["null", "[]", "{}", "{__proto__: 1}", "[[[[1]]]]", '{name: "a\\u0000"}', "1e400", "99999999999999999999", '"\\uDC00"'];

/** A valid query of the schema: nested, with aliases, fragments and introspection, its arguments at their bounds. */
export function randomQueries(schema: GraphQLSchema, known: Known): fc.Arbitrary<string> {
  return fc.infiniteStream(fc.nat({ max: 1_000_000 })).map((numbers) => {
    const draw: Draw = (below) => (numbers.next().value ?? 0) % below;
    return new QueryWriter(schema, known, draw).write();
  });
}

class QueryWriter {
  readonly #schema: GraphQLSchema;
  readonly #known: Known;
  readonly #draw: Draw;
  readonly #fragments: string[] = [];
  #aliases = 0;

  constructor(schema: GraphQLSchema, known: Known, draw: Draw) {
    this.#schema = schema;
    this.#known = known;
    this.#draw = draw;
  }

  write(): string {
    const depth = 2 + this.#draw(7);
    const query = this.#schema.getQueryType()!;
    const selections = Array.from({ length: 1 + this.#draw(3) }, () =>
      this.#draw(4) === 0 ? this.#introspection(depth) : this.#run(depth),
    );
    return `{ ${selections.join(" ")} ${this.#selection(query, depth)} } ${this.#fragments.join(" ")}`;
  }

  /** Most of the schema hangs on one run. */
  #run(depth: number): string {
    return `${this.#alias()}run(id: "${this.#known.run}") { ${this.#selection(this.#schema.getType("Run")!, depth)} }`;
  }

  #introspection(depth: number): string {
    const typeOf = (name: string): GraphQLNamedType => introspectionTypes.find((type) => type.name === name)!;
    return this.#draw(2) === 0
      ? `${this.#alias()}__schema { ${this.#selection(typeOf("__Schema"), Math.min(depth, 6))} }`
      : `${this.#alias()}__type(name: "Vm") { ${this.#selection(typeOf("__Type"), Math.min(depth, 6))} }`;
  }

  #selection(type: GraphQLNamedType, depth: number): string {
    if (isAbstractType(type)) return this.#ofPossibleTypes(this.#schema.getPossibleTypes(type), depth);
    if (!isObjectType(type)) return "__typename";
    const fields = Object.values(type.getFields()).filter((field) => depth > 1 || isLeafType(getNamedType(field.type)));
    if (fields.length === 0) return "__typename";
    const chosen = Array.from({ length: 1 + this.#draw(MAX_FIELDS) }, () => this.#field(fields[this.#draw(fields.length)]!, depth));
    const text = `__typename ${chosen.join(" ")}`;
    return this.#draw(6) === 0 ? this.#asFragment(type.name, text) : text;
  }

  #ofPossibleTypes(types: readonly GraphQLNamedType[], depth: number): string {
    return `__typename ${types.map((type) => `... on ${type.name} { ${this.#selection(type, depth - 1)} }`).join(" ")}`;
  }

  #asFragment(type: string, selection: string): string {
    const name = `f${this.#fragments.length}`;
    this.#fragments.push(`fragment ${name} on ${type} { ${selection} }`);
    return `...${name} ...${name}`;
  }

  #field(field: GraphQLField<unknown, unknown>, depth: number): string {
    const given = field.args.filter((argument) => isNonNullType(argument.type) || this.#draw(2) === 0);
    const values = given.map((argument) => `${argument.name}: ${this.#argument(argument)}`).join(", ");
    const type = getNamedType(field.type);
    const inner = isLeafType(type) ? "" : ` { ${this.#selection(type, depth - 1)} }`;
    return `${this.#alias()}${field.name}${values === "" ? "" : `(${values})`}${inner}`;
  }

  /** Small pages, so that most documents are not too expensive. */
  #argument({ name, type }: GraphQLArgument): string {
    if ((name === "first" || name === "points") && this.#draw(4) > 0) return String(1 + this.#draw(20));
    return this.#value(type, 0);
  }

  #value(declared: GraphQLInputType, depth: number): string {
    const type = getNullableType(declared);
    if (isListType(type)) return `[${Array.from({ length: this.#draw(3) }, () => this.#value(type.ofType, depth + 1)).join(", ")}]`;
    if (isEnumType(type)) return type.getValues()[this.#draw(type.getValues().length)]!.name;
    if (isInputObjectType(type)) {
      const fields = Object.values(type.getFields());
      const chosen = type.isOneOf
        ? [fields[this.#draw(fields.length)]!]
        : fields.filter((field) => isNonNullType(field.type) || this.#draw(3) === 0);
      return `{${chosen.map((field) => `${field.name}: ${field.name === "latest" ? "true" : this.#value(field.type, depth + 1)}`).join(", ")}}`;
    }
    return this.#scalar(getNamedType(type).name);
  }

  #scalar(name: string): string {
    const pick = <Item>(items: readonly Item[]): Item => items[this.#draw(items.length)]!;
    switch (name) {
      case "Int":
        return String(pick(INTS));
      case "BigInt":
        return this.#draw(2) === 0 ? String(this.#draw(this.#known.position)) : `"${pick(BIG_INTS)}"`;
      case "Float":
        return pick(FLOATS);
      case "Boolean":
        return pick(["true", "false"]);
      case "Json":
        return pick(JSONS);
      default:
        return `"${pick([...TEXTS, this.#known.run])}"`;
    }
  }

  /** Every field has a name of its own in the answer, so that none conflicts with another. */
  #alias(): string {
    return `a${this.#aliases++}: `;
  }
}
