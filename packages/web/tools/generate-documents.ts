import { globSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { codegen } from "@graphql-codegen/core";
import * as operationTypes from "@graphql-codegen/typescript-operations";
import { type DocumentNode, parse, print } from "graphql";

/** What the API's scalars are in JSON. */
const SCALARS = { ID: "string", BigInt: "string", DateTime: "string", Json: "unknown", CsvColumn: "string | number" };

const FOLDER = dirname(import.meta.dirname);
const schema = parse(readFileSync(join(FOLDER, "../server/schema.graphql"), "utf8"));

/** Every `name.graphql` becomes `name.generated.ts` beside it: the documents, typed by the schema. Address: content. */
export async function generateDocuments(): Promise<Map<string, string>> {
  const files = globSync("src/**/*.graphql", { cwd: FOLDER }).sort();
  const texts = await Promise.all(files.map(async (file) => [file.replace(/\.graphql$/, ".generated.ts"), await moduleOf(file)] as const));
  return new Map(texts);
}

async function moduleOf(file: string): Promise<string> {
  const document = parse(readFileSync(join(FOLDER, file), "utf8"));
  const types = await codegen({
    filename: file,
    schema,
    documents: [{ location: file, document }],
    plugins: [{ types: { scalars: SCALARS, immutableTypes: true, useTypeImports: true } }],
    pluginMap: { types: operationTypes },
    config: {},
  });
  const climb = "../".repeat(dirname(file).split("/").length - 1);
  return [
    `// Made of ${basename(file)} by tools/generate-documents.ts: change that file and run \`npm run web:types\`.`,
    `import type { Document } from "${climb}api/document.ts";`,
    "",
    types.trim(),
    "",
    ...constantsOf(document),
  ].join("\n");
}

function constantsOf({ definitions }: DocumentNode): string[] {
  return definitions.flatMap((definition) => {
    if (definition.kind !== "OperationDefinition" || definition.name === undefined) {
      throw new Error("a document of the page holds named operations and nothing else: write out what a fragment would hold");
    }
    const { name, operation } = definition;
    const kind = operation.charAt(0).toUpperCase() + operation.slice(1);
    const types = `${typeName(name.value)}${kind}, ${typeName(name.value)}${kind}Variables`;
    const text = JSON.stringify(print(definition));
    return [`export const ${name.value}: Document<${types}> = { name: "${name.value}", operation: "${operation}", text: ${text} };`, ""];
  });
}

/** As the generator of types spells it. */
function typeName(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

if (import.meta.main) {
  for (const [file, text] of await generateDocuments()) writeFileSync(join(FOLDER, file), text);
}
