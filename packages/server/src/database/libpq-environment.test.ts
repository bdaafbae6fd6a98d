import { expect, test } from "vitest";
import { PARAMETERS } from "./connection-parameters.ts";
import { readConnectionUrl } from "./connection-url.ts";
import { LIBPQ_VARIABLES, libpqEnvironment } from "./libpq-environment.ts";

function environmentOf(text: string): Record<string, string> {
  const reading = readConnectionUrl(text);
  if ("problem" in reading) throw new Error(reading.problem);
  return libpqEnvironment(reading.url);
}

test("every parameter that a connection URL may have reaches libpq", () => {
  expect(Object.keys(LIBPQ_VARIABLES).sort()).toEqual(Object.keys(PARAMETERS).sort());
});

// The variables are those of the page "Environment Variables" in PostgreSQL's documentation of libpq.
test.each([
  [
    "postgres://me:p%40ss%2F@example.org:5433/my%20data",
    { PGUSER: "me", PGPASSWORD: "p@ss/", PGHOST: "example.org", PGPORT: "5433", PGDATABASE: "my data" },
  ],
  [
    "postgresql:///ballast?host=/run/here&port=6000&user=ballast&sslmode=disable",
    { PGHOST: "/run/here", PGPORT: "6000", PGUSER: "ballast", PGDATABASE: "ballast", PGSSLMODE: "disable" },
  ],
  [
    "postgres://u@[::1]/d?password=secret&ssl=true&application_name=mine",
    { PGUSER: "u", PGHOST: "::1", PGPORT: "5432", PGDATABASE: "d", PGPASSWORD: "secret", PGSSLMODE: "require", PGAPPNAME: "mine" },
  ],
])("%s", (text, expected) => {
  expect(environmentOf(text)).toEqual(expected);
});
