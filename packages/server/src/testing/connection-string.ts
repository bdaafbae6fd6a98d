/** The same server and user, another database. */
export function withDatabase(connectionString: string, database: string): string {
  const [, beforePath, query] = /^([a-z]+:\/\/[^/?]*)(?:\/[^?]*)?(\?.*)?$/.exec(connectionString) ?? [];
  if (beforePath === undefined) throw new Error(`Not a connection string: ${connectionString}`);
  return `${beforePath}/${database}${query ?? ""}`;
}
