import type { ErrorCode } from "@ballast/core/errors";

/** A kind of failure to connect: the code that people see, what has happened, and what to do about it. */
export type ConnectionFault = { readonly code: ErrorCode; readonly what: string; readonly advice: string };

const LOGIN: ConnectionFault = {
  code: "DATABASE_LOGIN_REFUSED",
  what: "Postgres refuses the login",
  advice:
    "Correct user and password in DATABASE_URL (a character like @ or / of a password is written as %40 or %2F there), or let the server's pg_hba.conf take them.",
};
const TLS: ConnectionFault = {
  code: "DATABASE_TLS_FAILED",
  what: "No encrypted connection to Postgres",
  advice: "See sslmode in DATABASE_URL.",
};
const AWAY: ConnectionFault = {
  code: "DATABASE_UNREACHABLE",
  what: "Postgres cannot be reached",
  advice: "Check that it runs and what DATABASE_URL says.",
};

/** By SQLSTATE: Postgres answers, and refuses. */
const BY_STATE: Readonly<Record<string, ConnectionFault>> = {
  "28000": LOGIN,
  "28P01": LOGIN,
  "3D000": {
    code: "DATABASE_NOT_FOUND",
    what: "Postgres has no such database",
    advice: "Create it (`createdb <name>`), or correct the name at the end of DATABASE_URL.",
  },
  "53300": {
    code: "DATABASE_BUSY",
    what: "Postgres has no connection left",
    advice:
      "Close other programs' connections, or raise its max_connections (or the limit of the role or database); Ballast uses up to 20.",
  },
  "25006": {
    code: "DATABASE_READ_ONLY",
    what: "Postgres takes no changes",
    advice: "Name a primary server in DATABASE_URL, not a standby, and a role and database without default_transaction_read_only.",
  },
  "42501": {
    code: "DATABASE_RIGHT_MISSING",
    what: "Postgres does not let this role do it",
    advice: "Ballast creates tables: make its role the owner of a database of its own (`alter database <name> owner to <role>`).",
  },
  "57P03": { ...AWAY, what: "Postgres takes no connections now", advice: "Wait until it has started, and try again." },
};

/** Messages that tell more than their SQLSTATE; the first that fits counts. */
const BY_MESSAGE: readonly (readonly [RegExp, ConnectionFault])[] = [
  [
    /no pg_hba\.conf entry.*no encryption/,
    {
      ...LOGIN,
      advice:
        "If the server takes encrypted connections only, add ?sslmode=require to DATABASE_URL; else its pg_hba.conf needs a line for this host, user and database.",
    },
  ],
  [/no pg_hba\.conf entry/, { ...LOGIN, advice: "The server's pg_hba.conf needs a line for this host, user and database." }],
  [/requires a valid client certificate/, { ...LOGIN, advice: "Add sslcert=<file>&sslkey=<file> to DATABASE_URL." }],
  [
    /password must be a (non-empty )?string/,
    {
      ...LOGIN,
      what: "Postgres asks for a password, and there is none",
      advice: "Write it into DATABASE_URL: postgres://user:password@host/database.",
    },
  ],
  [/^SASL: /, LOGIN],
  [
    /not support SSL connections/,
    { ...TLS, advice: "Switch TLS on in the server (ssl = on), or use sslmode=disable in DATABASE_URL where the network can be trusted." },
  ],
  [
    /error establishing an SSL connection/,
    {
      ...TLS,
      what: "What listens there does not speak Postgres' protocol, or not its TLS",
      advice: "Check host and port in DATABASE_URL.",
    },
  ],
];

/** By the codes of Node: the certificate of the server is not accepted. */
const CERTIFICATE = /SELF_SIGNED|UNABLE_TO_|^CERT_|CERT_.*INVALID|HOSTNAME_MISMATCH/;
const CERTIFICATE_ADVICE =
  "Give the authority that signed it (sslrootcert=<file> in DATABASE_URL), correct the host, or use sslmode=require: it encrypts, and trusts any certificate.";
/** By the codes of Node and OpenSSL: the handshake fails, or a certificate file is none. */
const HANDSHAKE = /^(EPROTO|ERR_SSL_|ERR_OSSL_|ERR_TLS_|ERR_CRYPTO_)/;

/** By the codes of the operating system. */
const BY_SOCKET: Readonly<Record<string, string>> = {
  ECONNREFUSED: "Nothing listens at that address: start Postgres, or correct host and port in DATABASE_URL.",
  ENOTFOUND: "No such host: correct it in DATABASE_URL.",
  EAI_AGAIN: "The name of the host cannot be looked up now: check the network, and the host in DATABASE_URL.",
  ENOENT: "There is no such socket: start Postgres, or correct host and port in DATABASE_URL.",
  EACCES: "This account may not use that socket.",
  ETIMEDOUT: "No answer: check host and port in DATABASE_URL, and firewalls between.",
  EHOSTUNREACH: "No way leads there: check the network, and the host in DATABASE_URL.",
  ENETUNREACH: "No way leads there: check the network, and the host in DATABASE_URL.",
  ECONNRESET: AWAY.advice,
  EPIPE: AWAY.advice,
};

/** SQLSTATEs after which the connection is gone or was never made. */
const CONNECTION_STATES = /^(08...|57P01|57P02|57P05)$/;
/** What pg says without any code when the other side went away. */
const CLOSED =
  /connection terminated|timeout exceeded when trying to connect|timeout expired|client has encountered a connection error|client was closed and is not queryable/i;

/** What kind of failure to connect this is; undefined: none. `code` is an SQLSTATE, a code of Node's, or empty. */
export function connectionFault(code: string, message: string): ConnectionFault | undefined {
  const [, told] = BY_MESSAGE.find(([pattern]) => pattern.test(message)) ?? [];
  if (told !== undefined && !code.startsWith("42")) return told;
  if (Object.hasOwn(BY_STATE, code)) return BY_STATE[code];
  if (CERTIFICATE.test(code)) return { ...TLS, what: "Postgres' certificate is not accepted", advice: CERTIFICATE_ADVICE };
  if (HANDSHAKE.test(code)) return TLS;
  const advice = Object.hasOwn(BY_SOCKET, code) ? BY_SOCKET[code] : undefined;
  if (advice !== undefined) return { ...AWAY, advice };
  if (CONNECTION_STATES.test(code) || (code === "" && CLOSED.test(message))) return AWAY;
  return undefined;
}
