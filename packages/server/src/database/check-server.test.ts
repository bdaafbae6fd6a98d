import { once } from "node:events";
import { chownSync, statSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer, type Server } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { BallastError } from "@ballast/core/errors";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type PrivateCluster, startPrivateCluster } from "../testing/private-cluster.ts";
import { selfSignedCertificate } from "../testing/self-signed-certificate.ts";
import { checkServer } from "./check-server.ts";
import { readConnectionUrl } from "./connection-url.ts";
import { databaseError } from "./database-error.ts";
import { driverUrl } from "./driver-url.ts";
import { migrateToLatest } from "./migrate.ts";
import { askForTls } from "./probe-postgres.ts";

const PASSWORD = "s3cr3t";
const HBA = `
local all all trust
hostssl encrypted all 127.0.0.1/32 scram-sha-256
host fresh,closed,schemaless,latin,nowhere,template0 all 127.0.0.1/32 scram-sha-256
`;
const SETUP = [
  ...["owner", "reader", "full", "stranger"].map((role) => `create role ${role} login password '${PASSWORD}'`),
  "alter role reader set default_transaction_read_only = on",
  "alter role full connection limit 0",
  ...["fresh", "encrypted", "closed", "schemaless"].map((name) => `create database ${name} owner owner`),
  "revoke connect on database fresh from public",
  "revoke create on database schemaless from owner",
  "grant connect on database fresh to owner, reader",
  "create database latin owner owner encoding 'LATIN1' locale_provider libc locale 'C' template template0",
];

let cluster: PrivateCluster;
let rootCertificate: string;

beforeAll(async () => {
  cluster = await startPrivateCluster();
  const { certificate, key } = selfSignedCertificate("localhost");
  rootCertificate = writeOwn("server.crt", certificate);
  writeOwn("server.key", key);
  writeOwn("pg_hba.conf", HBA);
  await administer([...SETUP, "select pg_reload_conf()"]);
});
afterAll(() => cluster.remove());

/** Postgres refuses a key that others can read, or that is not its account's. */
function writeOwn(name: string, content: string): string {
  const file = join(cluster.dataFolder, name);
  writeFileSync(file, content, { mode: 0o600 });
  const { uid, gid } = statSync(cluster.dataFolder);
  chownSync(file, uid, gid);
  return file;
}

async function administer(statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: cluster.connectionString });
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
}

/** The postmaster reads its settings again some time after it was asked to. */
async function switchTlsOn(): Promise<void> {
  await administer(["alter system set ssl = on", "select pg_reload_conf()"]);
  while ((await askForTls("127.0.0.1", cluster.port)).kind !== "tls") await sleep(10);
}

/** As a server starts with that DATABASE_URL. */
async function start(databaseUrl: string): Promise<void> {
  const reading = readConnectionUrl(databaseUrl);
  if ("problem" in reading) throw new Error(reading.problem);
  const url = await driverUrl(reading.url);
  await checkServer(url);
  // Only two cases are found by making the tables, which takes a second.
  if (/\/(closed|schemaless)$/.test(databaseUrl)) await migrateToLatest(url);
}

async function refusalOf(databaseUrl: string): Promise<BallastError> {
  const error = await start(databaseUrl).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(BallastError);
  expect((error as BallastError).message).not.toContain(PASSWORD);
  return error as BallastError;
}

const urlOf = (role: string, path: string, password = PASSWORD): string =>
  `postgresql://${role}:${password}@127.0.0.1:${cluster.port}/${path}`;

/** The oracles are the settings of the Postgres that the test has for itself, and what libpq's documents say of sslmode. */
describe("a Postgres that cannot be used says why, and what to do", () => {
  const CASES: readonly (readonly [string, () => string, string, RegExp])[] = [
    [
      "a wrong password",
      () => urlOf("owner", "fresh", "wrong"),
      "DATABASE_LOGIN_REFUSED",
      /password authentication failed for user "owner".*%40/,
    ],
    [
      "no password",
      () => `postgresql://owner@127.0.0.1:${cluster.port}/fresh`,
      "DATABASE_LOGIN_REFUSED",
      /asks for a password, and there is none/,
    ],
    ["an unknown role", () => urlOf("nobody", "fresh"), "DATABASE_LOGIN_REFUSED", /"nobody"/],
    ["no line in pg_hba.conf", () => urlOf("owner", "encrypted"), "DATABASE_LOGIN_REFUSED", /no encryption.*sslmode=require/],
    ["no right to connect", () => urlOf("stranger", "fresh"), "DATABASE_RIGHT_MISSING", /permission denied for database "fresh"/],
    [
      "no right to create tables",
      () => urlOf("stranger", "closed"),
      "DATABASE_RIGHT_MISSING",
      /permission denied for schema public.*owner to/,
    ],
    [
      "no right to create schemas",
      () => urlOf("owner", "schemaless"),
      "DATABASE_RIGHT_MISSING",
      /permission denied for database schemaless.*owner to/,
    ],
    ["an unknown database", () => urlOf("owner", "nowhere"), "DATABASE_NOT_FOUND", /database "nowhere" does not exist.*createdb/],
    [
      "a database that takes no connections",
      () => urlOf("owner", "template0"),
      "DATABASE_LOGIN_REFUSED",
      /"template0" is not currently accepting/,
    ],
    ["too many connections", () => urlOf("full", "closed"), "DATABASE_BUSY", /too many connections for role "full".*max_connections/],
    [
      "a role that may not write",
      () => urlOf("reader", "fresh"),
      "DATABASE_READ_ONLY",
      /default_transaction_read_only is on for the role reader/,
    ],
    ["a database in another encoding", () => urlOf("owner", "latin"), "DATABASE_ENCODING", /LATIN1.*createdb/],
    ["TLS that the server has not", () => urlOf("owner", "fresh?sslmode=require"), "DATABASE_TLS_FAILED", /does not support SSL.*ssl = on/],
    [
      "a host that is none",
      () => `postgresql://owner:${PASSWORD}@nowhere.invalid/fresh`,
      "DATABASE_UNREACHABLE",
      /nowhere\.invalid.*correct it|cannot be looked up/,
    ],
    ["a socket that is not there", () => "postgresql:///fresh?host=/nowhere&user=owner", "DATABASE_UNREACHABLE", /no such socket/],
  ];
  test.each(CASES)("%s", async (_what, url, code, message) => {
    const error = await refusalOf(url());
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
  });

  test.each([
    ["another program that answers", "HTTP/1.1 400 Bad Request\r\n\r\n", /is no Postgres: it answers "HTTP\/1\.1 400/],
    ["another program that is silent", "", /does not answer as Postgres would/],
  ])("%s", async (_what, answer, message) => {
    const server = createServer((socket) => void socket.on("data", () => socket.write(answer)).on("error", () => undefined));
    const port = await portOf(server);
    const error = await refusalOf(`postgresql://owner:${PASSWORD}@127.0.0.1:${port}/fresh?connect_timeout=1`);
    server.close();
    expect(error.code).toBe("DATABASE_UNREACHABLE");
    expect(error.message).toMatch(message);
  });

  test("a port that is closed", async () => {
    const server = createServer();
    const port = await portOf(server);
    await new Promise((resolve) => server.close(resolve));
    const error = await refusalOf(`postgresql://owner:${PASSWORD}@127.0.0.1:${port}/fresh`);
    expect(error.code).toBe("DATABASE_UNREACHABLE");
    expect(error.message).toMatch(/ECONNREFUSED.*Nothing listens/);
  });

  test("what Postgres says when it starts, stops or fails over has codes too", () => {
    const coded = (code: string): unknown => databaseError(Object.assign(new Error("as Postgres says"), { code }));
    expect(coded("57P03")).toMatchObject({ code: "DATABASE_UNREACHABLE", message: expect.stringContaining("try again") });
    expect(coded("57P01")).toMatchObject({ code: "DATABASE_UNREACHABLE" });
    expect(coded("25006")).toMatchObject({ code: "DATABASE_READ_ONLY" });
    // The same codes of the operating system, where they come from a file and not from a connection.
    const ofFile = Object.assign(new Error("ENOENT"), { code: "ENOENT", syscall: "open", path: "/nowhere" });
    expect(databaseError(ofFile)).toBe(ofFile);
  });
});

async function portOf(server: Server): Promise<number> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

describe("sslmode means what it means to psql", () => {
  beforeAll(switchTlsOn);

  test("require and prefer encrypt and trust any certificate; verify-ca and verify-full want the authority's", async () => {
    for (const query of ["sslmode=require", "sslmode=prefer", "ssl=true"]) await start(urlOf("owner", `encrypted?${query}`));
    await start(urlOf("owner", `encrypted?sslmode=verify-ca&sslrootcert=${rootCertificate}`));
    const full = urlOf("owner", `encrypted?sslmode=verify-full&sslrootcert=${rootCertificate}`);
    await start(full.replace("127.0.0.1", "localhost"));
    expect(await refusalOf(full)).toMatchObject({ code: "DATABASE_TLS_FAILED", message: expect.stringMatching(/IP: 127\.0\.0\.1/) });
  });

  test("a certificate without a trusted issuer is refused by verify-full", async () => {
    const error = await refusalOf(urlOf("owner", "encrypted?sslmode=verify-full"));
    expect(error.code).toBe("DATABASE_TLS_FAILED");
    expect(error.message).toMatch(/self-signed certificate.*sslrootcert=<file>/);
  });
});

describe("a connection URL", () => {
  const WRONG: readonly (readonly [string, RegExp])[] = [
    ["mysql://u:s3cr3t@h/d", /must be a URL like postgres:/],
    ["postgres://u:s3cr3t@h:99999/d", /must be a URL like/],
    ["postgres://u:s3cr3t@h:0/d", /port 0/],
    ["postgres://u:s3#cr3t@h/d", /%23/],
    ["postgres://u:s3%zzcr3t@h/d", /%25/],
    ["postgres://u:s3%ffcr3t@h/d", /not UTF-8/],
    ["postgres://u:12/s3cr3t@h/d", /@ behind the host/],
    ["postgres://u:12?s3cr3t@h/d", /name is none/],
    ["postgres://u:s3cr3t@h1,h2/d", /several hosts/],
    ["postgres://h/d?port=abc", /port must be a whole number/],
    ["postgres://h/d?sslmode=never", /sslmode must be disable or prefer/],
    ["postgres://h/d?sslmode=allow", /sslmode must be/],
    ["postgres://h/d?sslmode=verify-ca", /sslrootcert=<file>/],
    ["postgres://h/d?sslmode=require&ssl=true", /sslmode alone/],
    ["postgres://h/d?sslmode=require&sslrootcert=/nowhere.pem", /cannot be read: ENOENT/],
    ["postgres://h/d?sslcert=/dev/null", /give both/],
    ["postgres://h/d?channel_binding=require", /channel_binding must be/],
    ["postgres://h/d?binary=true", /parameter binary, which is not known/],
    ["postgres://h/d?user=a&user=b", /user twice/],
  ];
  test.each(WRONG)("%s is refused without showing a password", (url, message) => {
    const reading = readConnectionUrl(url);
    expect(reading).toMatchObject({ problem: expect.stringMatching(message) });
    expect(JSON.stringify(reading)).not.toContain("s3");
  });

  test("of a usual form is taken as it is", async () => {
    for (const url of ["postgres://u:p%40ss@h:5433/d", "postgresql://h", "postgresql:///d?host=/tmp&user=u", "postgres://u@[::1]:5432/d"]) {
      const reading = readConnectionUrl(url);
      expect("url" in reading && (await driverUrl(reading.url))).toBe(url.replace("=/tmp", "=%2Ftmp"));
    }
  });
});
