import { parseSync, Visitor } from "oxc-parser";
import type { BindingPattern, Expression, ParamPattern, PrivateIdentifier, Program } from "oxc-parser";

/** Something in a source file that this project does not allow, with what to write instead. */
export type Violation = { readonly line: number; readonly message: string };

/** IEEE 754 fixes their results to the bit, or they are integers; every other function of Math may differ by machine. */
const EXACT_MATH = new Set(["abs", "ceil", "clz32", "floor", "fround", "imul", "max", "min", "round", "sign", "sqrt", "trunc"]);

const FORBIDDEN_GLOBALS = new Map([
  ["Date", "core has no clock: take the simulated time as an argument, in ns"],
  ["performance", "core has no clock: take the simulated time as an argument, in ns"],
  ["process", "core has no surroundings: take what is needed as an argument"],
  ["globalThis", "core has no surroundings: take what is needed as an argument"],
  ["console", "core has no output: return it, or throw a BallastError"],
  ["crypto", "chance comes from a named stream of @ballast/core/prng"],
  ["fetch", "core has no I/O: take the data as an argument"],
  ["setTimeout", "core has no clock: the kernel's event queue orders what happens later"],
  ["setInterval", "core has no clock: the kernel's event queue orders what happens later"],
  ["setImmediate", "core has no clock: the kernel's event queue orders what happens later"],
  ["Intl", "its results depend on the machine's ICU data: compare code units instead"],
]);

const FORBIDDEN_METHODS = new Map([
  ["localeCompare", "its order depends on the machine's ICU data: compare with < instead"],
  ["toLocaleString", "its result depends on the machine's locale: use toString or toFixed"],
]);

/** What would make two machines, or two runs, disagree: clocks, chance, surroundings, inexact mathematics. */
export function findNondeterminism(fileName: string, source: string): Violation[] {
  const violations: Violation[] = [];
  const lineOf = lineFinder(source);
  const { program } = parseSync(fileName, source);
  const ownNames = declaredNames(program);
  const report = (offset: number, message: string): void => {
    violations.push({ line: lineOf(offset), message });
  };
  const checkGlobal = (name: string, written: string, offset: number): void => {
    const instead = ownNames.has(name) ? undefined : FORBIDDEN_GLOBALS.get(name);
    if (instead !== undefined) report(offset, `${written}: ${instead}`);
  };
  new Visitor({
    MemberExpression(node) {
      const name = node.property.type === "Identifier" && !node.computed ? node.property.name : undefined;
      if (name === undefined) return;
      const method = FORBIDDEN_METHODS.get(name);
      if (method !== undefined) report(node.start, `${name}: ${method}`);
      if (node.object.type !== "Identifier") return;
      if (node.object.name === "Math") checkMath(name, node.start, report);
      checkGlobal(node.object.name, `${node.object.name}.${name}`, node.start);
    },
    CallExpression(node) {
      if (node.callee.type === "Identifier") checkGlobal(node.callee.name, node.callee.name, node.start);
    },
    NewExpression(node) {
      if (node.callee.type === "Identifier") checkGlobal(node.callee.name, node.callee.name, node.start);
    },
    BinaryExpression(node) {
      const isExact = node.operator !== "**" || (isIntegerLiteral(node.left) && isIntegerLiteral(node.right));
      if (!isExact) report(node.start, "**: not exact to the bit: multiply, or shift, or use core/workload's power");
    },
  }).visit(program);
  return violations;
}

/** Functions above `longestFunction` lines, first to last. Files above `longestFile` are one violation on line 1. */
export function findOverlongParts(
  fileName: string,
  source: string,
  limits: { readonly longestFunction: number; readonly longestFile: number },
): Violation[] {
  const violations: Violation[] = [];
  const lineOf = lineFinder(source);
  const fileLines = source.trimEnd().split("\n").length;
  if (fileLines > limits.longestFile) {
    violations.push({ line: 1, message: `${fileLines} lines (at most ${limits.longestFile}): give each concept its file` });
  }
  const check = (node: { start: number; end: number }): void => {
    const line = lineOf(node.start);
    const length = lineOf(node.end) - line + 1;
    if (length <= limits.longestFunction) return;
    violations.push({ line, message: `a function of ${length} lines (at most ${limits.longestFunction}): name its steps` });
  };
  new Visitor({
    FunctionDeclaration: check,
    FunctionExpression: check,
    ArrowFunctionExpression: check,
  }).visit(parseSync(fileName, source).program);
  return violations;
}

type Report = (offset: number, message: string) => void;

function checkMath(name: string, offset: number, report: Report): void {
  // Constants are written in capitals; the standard gives their values.
  if (EXACT_MATH.has(name) || name === name.toUpperCase()) return;
  const instead =
    name === "random"
      ? "chance comes from a named stream of @ballast/core/prng"
      : "its last bit may differ between machines: use + - * / and Math.sqrt, or core/workload's power and logarithm";
  report(offset, `Math.${name}: ${instead}`);
}

/** Names that the file gives to things of its own: a simulated `process` is not the one of Node. */
function declaredNames(program: Program): ReadonlySet<string> {
  const names = new Set<string>();
  const collect = (pattern: BindingPattern | ParamPattern): void => {
    if (pattern.type === "Identifier") names.add(pattern.name);
    else if (pattern.type === "AssignmentPattern") collect(pattern.left);
    else if (pattern.type === "RestElement") collect(pattern.argument);
    else if (pattern.type === "ArrayPattern") pattern.elements.forEach((element) => element !== null && collect(element));
    else if (pattern.type === "ObjectPattern") {
      for (const property of pattern.properties) collect(property.type === "Property" ? property.value : property.argument);
    }
  };
  const collectParameters = (node: { params: ParamPattern[] }): void => node.params.forEach(collect);
  new Visitor({
    VariableDeclarator: (node) => collect(node.id),
    FunctionDeclaration: collectParameters,
    FunctionExpression: collectParameters,
    ArrowFunctionExpression: collectParameters,
    ImportSpecifier: (node) => names.add(node.local.name),
  }).visit(program);
  return names;
}

function isIntegerLiteral(node: Expression | PrivateIdentifier): boolean {
  if (node.type === "UnaryExpression" && node.operator === "-") return isIntegerLiteral(node.argument);
  return node.type === "Literal" && (typeof node.value === "bigint" || Number.isInteger(node.value));
}

function lineFinder(source: string): (offset: number) => number {
  return (offset) => source.slice(0, offset).split("\n").length;
}
