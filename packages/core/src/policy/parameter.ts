import { type Problem, ProblemList, describeFound } from "../errors/index.ts";

export type ParameterValue = number | boolean | string;
export type ParameterValues = Readonly<Record<string, ParameterValue>>;

/** Whether a default stands in a publication, was fitted to one, or is our own guess. */
export type Confidence = "published" | "calibrated" | "assumed";

type Described = {
  readonly description: string;
  /** Where the default comes from. */
  readonly source: string;
  readonly confidence: Confidence;
};

export type NumberParameter = Described & {
  readonly type: "number" | "integer";
  readonly unit: string;
  readonly default: number;
  /** Bounds, both included. */
  readonly minimum: number;
  readonly maximum: number;
};
export type BooleanParameter = Described & { readonly type: "boolean"; readonly default: boolean };
export type ChoiceParameter = Described & {
  readonly type: "choice";
  readonly default: string;
  readonly choices: readonly string[];
};

export type Parameter = NumberParameter | BooleanParameter | ChoiceParameter;
export type ParameterSchema = Readonly<Record<string, Parameter>>;

/** What a policy reads of a parameter: one of its choices, if its declaration names them as literals. */
export type ValueOf<P extends Parameter> = P extends BooleanParameter
  ? boolean
  : P extends { readonly type: "choice"; readonly choices: readonly (infer Choice)[] }
    ? Choice
    : number;

/** The values of declared parameters, each with its own type. */
export type ValuesOf<S extends ParameterSchema> = { readonly [Name in keyof S]: ValueOf<S[Name]> };

/** Fills in defaults and lists every problem, with its path below `path`. */
export function readParameters<const S extends ParameterSchema>(
  schema: S,
  given: Readonly<Record<string, unknown>>,
  path: string,
): { values: ValuesOf<S>; problems: readonly Problem[] } {
  const values: Record<string, ParameterValue> = {};
  const found = new ProblemList();
  const known = Object.keys(schema).join(", ") || "none";
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(schema, name)) found.add(`${path}/${name}`, `is not a parameter of this policy; it has: ${known}`);
  }
  for (const [name, parameter] of Object.entries(schema)) {
    const value = Object.hasOwn(given, name) ? given[name] : parameter.default;
    const problem = findProblem(parameter, value);
    if (problem !== undefined) found.add(`${path}/${name}`, problem);
    values[name] = value as ParameterValue;
  }
  return { values: values as ValuesOf<S>, problems: found.problems };
}

function findProblem(parameter: Parameter, value: unknown): string | undefined {
  const found = describeFound(value);
  switch (parameter.type) {
    case "boolean":
      return typeof value === "boolean" ? undefined : `must be true or false, not ${found}`;
    case "choice":
      return parameter.choices.includes(value as string) ? undefined : `must be one of ${parameter.choices.join(", ")}, not ${found}`;
    default: {
      if (typeof value !== "number" || !Number.isFinite(value)) return `must be a number (${parameter.unit}), not ${found}`;
      if (parameter.type === "integer" && !Number.isInteger(value)) return `must be a whole number, not ${found}`;
      if (value >= parameter.minimum && value <= parameter.maximum) return undefined;
      return `must be from ${parameter.minimum} to ${parameter.maximum} ${parameter.unit} (included), not ${found}`;
    }
  }
}
