import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseSync } from "oxc-parser";

/** A declaration of an emitted .d.ts file: its text without comments. */
export type DeclaredName = { readonly name: string; readonly text: string };
type Place = { readonly file: string; readonly name: string };
type Node = { readonly type: string; readonly start: number; readonly end: number; readonly [member: string]: unknown };

type DeclarationFile = {
  readonly declared: ReadonlyMap<string, { readonly text: string; readonly names: ReadonlySet<string>; readonly imports: readonly Place[] }>;
  /** What an imported or re-exported name stands for in another file. */
  readonly elsewhere: ReadonlyMap<string, Place>;
  /** The names that the file exports, and what each is called in it. */
  readonly exports: ReadonlyMap<string, string>;
};

/**
 * What an entry exports, and whatever of the same package these declarations refer to, directly or through others.
 * @throws Error for a file that is not there: `tsc -b` emits it.
 */
export function closeOver(entry: string): { readonly exported: DeclaredName[]; readonly referred: DeclaredName[] } {
  const seen = new Map<string, DeclaredName>();
  const open: Place[] = [];
  const take = (place: Place): DeclaredName | undefined => {
    const found = resolve(place);
    if (found === undefined || seen.has(keyOf(found))) return undefined;
    const { text, names, imports } = readDeclarations(found.file).declared.get(found.name) ?? { text: "", names: [], imports: [] };
    const taken = { name: found.name, text };
    seen.set(keyOf(found), taken);
    open.push(...[...names].map((name) => ({ file: found.file, name })), ...imports);
    return taken;
  };
  const exported = [...readDeclarations(entry).exports.values()].flatMap((name) => take({ file: entry, name }) ?? []);
  const referred: DeclaredName[] = [];
  for (let place = open.pop(); place !== undefined; place = open.pop()) referred.push(...[take(place) ?? []].flat());
  return { exported, referred };
}

function keyOf({ file, name }: Place): string {
  return `${file}#${name}`;
}

/** Where a name is declared; undefined for one of another package, and for a type parameter or a global. */
function resolve({ file, name }: Place): Place | undefined {
  const { declared, elsewhere } = readDeclarations(file);
  if (declared.has(name)) return { file, name };
  const next = elsewhere.get(name);
  return next === undefined ? undefined : resolve(next);
}

const known = new Map<string, DeclarationFile>();

function readDeclarations(file: string): DeclarationFile {
  const before = known.get(file);
  if (before !== undefined) return before;
  const content = readFileSync(file, "utf8");
  const { program, comments, errors } = parseSync(file, content);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`);
  const cuts = comments.map(({ start, end }) => ({ start, end }));
  const [declared, elsewhere, exports] = [new Map(), new Map<string, Place>(), new Map<string, string>()];
  for (const statement of program.body as unknown as readonly Node[]) {
    const source = statement["source"] as { readonly value: string } | null | undefined;
    const from = source?.value.startsWith(".") === true ? pathOf(file, source.value) : undefined;
    if (statement.type === "ExportAllDeclaration" && from !== undefined) {
      for (const [name] of readDeclarations(from).exports) {
        elsewhere.set(name, { file: from, name });
        exports.set(name, name);
      }
    }
    for (const specifier of (statement["specifiers"] ?? []) as readonly Node[]) {
      const [inner, outer] = namesOf(specifier);
      if (from !== undefined) elsewhere.set(statement.type === "ImportDeclaration" ? outer : inner, { file: from, name: inner });
      if (statement.type !== "ImportDeclaration") exports.set(outer, inner);
    }
    const declaration = (statement["declaration"] ?? statement) as Node;
    for (const name of declaredNames(declaration)) {
      const text = withoutComments(content, declaration, cuts);
      const before = declared.get(name)?.text;
      declared.set(name, { text: before === undefined ? text : `${before}\n${text}`, ...referencesIn(declaration, file) });
      if (statement.type === "ExportNamedDeclaration") exports.set(name, name);
    }
  }
  const read = { declared, elsewhere, exports };
  known.set(file, read);
  return read;
}

/** [in the file that declares it, outside of the statement] */
function namesOf(specifier: Node): [string, string] {
  const nameOf = (node: unknown): string => (node as { readonly name?: string } | undefined)?.name ?? "";
  if (specifier.type === "ImportSpecifier") return [nameOf(specifier["imported"]), nameOf(specifier["local"])];
  return [nameOf(specifier["local"]), nameOf(specifier["exported"])];
}

function pathOf(file: string, specifier: string): string {
  return join(dirname(file), specifier.replace(/\.(ts|js)$/, ".d.ts"));
}

function declaredNames(declaration: Node): string[] {
  const { declarations, id } = declaration as { readonly declarations?: readonly { readonly id: { readonly name: string } }[]; readonly id?: { readonly name: string } };
  if (declarations !== undefined) return declarations.map(({ id: { name } }) => name);
  return id === undefined || id === null || !/Declaration|TSDeclareFunction/.test(declaration.type) ? [] : [id.name];
}

function withoutComments(content: string, { start, end }: Node, cuts: readonly { readonly start: number; readonly end: number }[]): string {
  let text = "";
  let at = start;
  for (const cut of cuts.filter((each) => each.start >= start && each.end <= end)) {
    text += content.slice(at, cut.start);
    at = cut.end;
  }
  text += content.slice(at, end);
  return text.split("\n").map((line) => line.trimEnd()).filter((line) => line !== "").join("\n").replace(/^(export )?declare /, "");
}

/** Every identifier in a declaration, the names of members excepted, and the types that it imports where it needs them. */
function referencesIn(root: Node, file: string): { names: Set<string>; imports: Place[] } {
  const names = new Set<string>();
  const imports: Place[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) return void value.forEach(visit);
    if (typeof value !== "object" || value === null) return;
    const node = value as Node;
    if (node.type === "Identifier") names.add(node["name"] as string);
    const imported = node.type === "TSImportType" ? (node["source"] as { readonly value?: string } | undefined)?.value : undefined;
    const qualifier = node["qualifier"] as { readonly name?: string } | null | undefined;
    if (imported?.startsWith(".") === true) imports.push({ file: pathOf(file, imported), name: qualifier?.name ?? "" });
    for (const [member, child] of Object.entries(node)) {
      if (member === "key" && node["computed"] !== true) continue;
      visit(child);
    }
  };
  visit(root);
  return { names, imports };
}
