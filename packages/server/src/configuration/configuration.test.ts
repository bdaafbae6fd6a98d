import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BallastError } from "@ballast/core/errors";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type ConfigurationSources, readConfiguration } from "./index.ts";

/** The oracle of every value is the text that the test itself gave. */
describe("reading the configuration", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "ballast-configuration-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function writeFile(content: string): void {
    writeFileSync(join(folder, "ballast.config.json"), content);
  }

  function read(sources: Partial<ConfigurationSources> = {}) {
    return readConfiguration({ environment: {}, folders: [folder], ...sources });
  }

  function failure(sources: Partial<ConfigurationSources> = {}): BallastError {
    try {
      read(sources);
    } catch (error) {
      expect(error).toBeInstanceOf(BallastError);
      return error as BallastError;
    }
    throw new Error("it was accepted");
  }

  test("without any source gives the documented defaults: own Postgres, 127.0.0.1:4000, no token", () => {
    const { databaseUrl, host, port, token, policies, logLevel } = read();
    const expected = { databaseUrl: undefined, host: "127.0.0.1", port: 4000, token: undefined, policies: [] };
    expect({ databaseUrl, host, port, token, policies, logLevel }).toEqual({ ...expected, logLevel: "warn" });
  });

  test("lets the command line win over the environment, and the environment over the file", () => {
    writeFile('{ "port": 4001, "host": "file.example", "logLevel": "error" }');
    const environment = { PORT: "4002", HOST: "environment.example" };
    const { port, host, logLevel } = read({ environment, flags: { port: "4003" } });
    expect({ port, host, logLevel }).toEqual({ port: 4003, host: "environment.example", logLevel: "error" });
  });

  test("counts an empty variable as not set", () => {
    expect(read({ environment: { PORT: "", DATABASE_URL: "" } }).port).toBe(4000);
  });

  test("takes the file of the first folder that has one", () => {
    writeFile('{ "port": 4001 }');
    expect(read({ folders: [join(folder, "none"), folder] }).port).toBe(4001);
  });

  test("reads policies as a list from the file and as a text with commas from the environment", () => {
    writeFile('{ "policies": ["a", "@b/c"] }');
    expect(read().policies).toEqual(["a", "@b/c"]);
    expect(read({ environment: { BALLAST_POLICIES: "d, e" } }).policies).toEqual(["d", "e"]);
  });

  test("accepts a connection string over a Unix socket, whose URL has no host", () => {
    const databaseUrl = "postgresql:///ballast?host=%2Ftmp%2Fsockets&port=5432&user=ballast";
    expect(read({ environment: { DATABASE_URL: databaseUrl } }).databaseUrl).toBe(databaseUrl);
  });

  test.each(["70000", "-1", "4000.5", "http", "0x10", "1e3"])("refuses the port %s and says what is allowed", (port) => {
    const error = failure({ environment: { PORT: port } });
    expect(error.code).toBe("INPUT_INVALID");
    expect(error.message).toContain(`PORT: must be a whole number from 0 (any free port) to 65535 (included), not "${port}"`);
  });

  test("refuses a DATABASE_URL of another database without showing the password in it", () => {
    const error = failure({ environment: { DATABASE_URL: "mysql://someone:secret@localhost/ballast" } });
    expect(error.problems.map(({ path }) => path)).toEqual(["DATABASE_URL"]);
    expect(error.message).not.toContain("secret");
  });

  test("lists all problems of all sources together, each with its place", () => {
    writeFile('{ "port": "many", "logLevel": "loud", "prot": 1, "policies": [1] }');
    const error = failure({ environment: { DATABASE_URL: "ballast" } });
    const file = join(folder, "ballast.config.json");
    const places = error.problems.map(({ path }) => path).sort();
    expect(places).toEqual([`${file} /logLevel`, `${file} /policies`, `${file} /port`, `${file} /prot`, "DATABASE_URL"]);
  });

  test("refuses a token in the file, because such files are committed", () => {
    writeFile('{ "token": "secret" }');
    expect(failure().message).toContain("set BALLAST_TOKEN in the environment");
  });

  test.each([
    ["{ port: 4000 }", "is not JSON"],
    ["[]", "must hold a JSON object"],
    ["", "is not JSON"],
  ])("refuses the file %j: it %s", (content, complaint) => {
    writeFile(content);
    expect(failure().message).toContain(complaint);
  });
});
