import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseSync } from "oxc-parser";

/** A declaration of an emitted .d.ts file: its text without comments. */
export type DeclaredName = { readonly name: string; readonly text: string };
type Place = { readonly file: string; readonly name: string };
type Node = { readonly type: string; readonly start: number; readonly end: number; readonly [member: string]: unknown };

type DeclarationFile = {
  readonly declared: Map<string, { readonly text: string; readonly names: ReadonlySet<string>; readonly imports: readonly Place[] }>;
  /** What an imported or re-exported name stands for in another file. */
  readonly elsewhere: Map<string, Place>;
  /** The names that the file exports, and what each is called in it. */
  readonly exports: Map<string, string>;
};

/**
 * What an entry exports, and the names of the declarations of the package that these refer to and the entry does not export.
 * @throws Error for a file that is not there: `tsc -b` emits it.
 */
export function declarationsOf(entry: string): { readonly exported: DeclaredName[]; readonly referred: string[] } {
  const exported = new Map<string, DeclaredName>();
  const referred = new Map<string, string>();
  for (const [name, local] of readDeclarations(entry).exports) {
    const place = resolve({ file: entry, name: local });
    if (place === undefined) continue;
    const { text, names, imports } = readDeclarations(place.file).declared.get(place.name) ?? { text: "", names: [], imports: [] };
    exported.set(keyOf(place), { name, text });
    for (const mention of [...[...names].map((each) => ({ file: place.file, name: each })), ...imports]) {
      const found = resolve(mention);
      if (found !== undefined) referred.set(keyOf(found), found.name);
    }
  }
  for (const key of exported.keys()) referred.delete(key);
  return { exported: [...exported.values()], referred: [...new Set(referred.values())].sort() };
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
  const read: DeclarationFile = { declared: new Map(), elsewhere: new Map(), exports: new Map() };
  for (const statement of program.body as unknown as readonly Node[]) {
    readSpecifiers(statement, file, read);
    const declaration = (statement["declaration"] ?? statement) as Node;
    for (const name of declaredNames(declaration)) {
      // Overloads are declarations of one name.
      const text = [read.declared.get(name)?.text ?? [], withoutComments(content, declaration, comments)].flat().join("\n");
      read.declared.set(name, { text, ...referencesIn(declaration, file) });
      if (statement.type === "ExportNamedDeclaration") read.exports.set(name, name);
    }
  }
  known.set(file, read);
  return read;
}

/** What an import or a re-export names. */
function readSpecifiers(statement: Node, file: string, { elsewhere, exports }: DeclarationFile): void {
  const source = statement["source"] as { readonly value: string } | null | undefined;
  const from = source?.value.startsWith(".") === true ? pathOf(file, source.value) : undefined;
  if (statement.type === "ExportAllDeclaration" && from !== undefined) {
    for (const name of readDeclarations(from).exports.keys()) {
      elsewhere.set(name, { file: from, name });
      exports.set(name, name);
    }
  }
  for (const specifier of (statement["specifiers"] ?? []) as readonly Node[]) {
    const [inner, outer] = namesOf(specifier);
    if (from !== undefined) elsewhere.set(statement.type === "ImportDeclaration" ? outer : inner, { file: from, name: inner });
    if (statement.type !== "ImportDeclaration") exports.set(outer, inner);
  }
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
  const { declarations, id } = declaration as {
    readonly declarations?: readonly { readonly id: { readonly name: string } }[];
    readonly id?: { readonly name: string };
  };
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
  return text
    .split("\n")
    .map((line) => line.trimEnd())
    .filter((line) => line !== "")
    .join("\n")
    .replace(/^(export )?declare /, "");
}

/** Every identifier in a declaration, the names of members excepted, and the types that it imports where it needs them. */
function referencesIn(root: Node, file: string): { names: Set<string>; imports: Place[] } {
  const names = new Set<string>();
  const imports: Place[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) {
      value.forEach(visit);
      return;
    }
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
