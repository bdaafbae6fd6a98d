/** What the server is and where what lies, for people and programs alike. */
export type Home = {
  readonly name: "Ballast";
  readonly description: string;
  readonly version: string;
  /** Whether requests need a token. */
  readonly needsToken: boolean;
  /** Addresses below this server, by what is there; null where it is switched off. */
  readonly links: Readonly<Record<"graphql" | "graphiql" | "health" | "metrics", string | null>>;
  /** Of the repository that the server was started from. */
  readonly documents: Readonly<Record<string, string>>;
  /** The newest runs and comparisons; null where the server asks for a token, or Postgres is away. */
  readonly latest: Latest | null;
};

export type Latest = {
  readonly runs: readonly { readonly id: string; readonly scenario: string; readonly policy: string; readonly status: string }[];
  readonly comparison: { readonly id: string; readonly scenario: string; readonly status: string } | null;
};
