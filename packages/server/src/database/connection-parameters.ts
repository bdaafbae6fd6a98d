/** A parameter in the query of a connection URL. */
type Parameter = {
  /** What is wrong with a value; undefined if nothing is. */
  readonly check: (value: string) => string | undefined;
  /** Whether the driver is given it; otherwise it asks for what holds anyway, or is dealt with here. */
  readonly passedOn: boolean;
};

/** As libpq's, except `allow`: it would leave it to the server whether anybody can listen. */
export const SSL_MODES = ["disable", "prefer", "require", "verify-ca", "verify-full"] as const;

export function isSslMode(text: string): text is (typeof SSL_MODES)[number] {
  return SSL_MODES.some((mode) => mode === text);
}

const text: Parameter = { check: (value) => (value === "" ? "is empty" : undefined), passedOn: true };

function oneOf(...choices: readonly string[]): (value: string) => string | undefined {
  return (value) => (choices.includes(value) ? undefined : `must be ${choices.join(" or ")}`);
}

function wholeNumber(first: number, last: number): (value: string) => string | undefined {
  return (value) => {
    const isIn = /^\d{1,9}$/.test(value) && Number(value) >= first && Number(value) <= last;
    return isIn ? undefined : `must be a whole number from ${first} to ${last} (included)`;
  };
}

/** libpq's parameters that can be kept. Whatever else is asked for would be ignored without a word, and is refused. */
export const PARAMETERS: Readonly<Record<string, Parameter>> = {
  user: text,
  password: text,
  host: text,
  port: { check: wholeNumber(1, 65_535), passedOn: true },
  sslmode: { check: oneOf(...SSL_MODES), passedOn: false },
  ssl: { check: oneOf("true", "false", "1", "0", "no-verify"), passedOn: false },
  sslrootcert: text,
  sslcert: text,
  sslkey: text,
  sslnegotiation: { check: oneOf("postgres", "direct"), passedOn: true },
  application_name: text,
  fallback_application_name: text,
  options: text,
  connect_timeout: { check: wholeNumber(1, 3_600), passedOn: true },
  client_encoding: { check: oneOf("UTF8", "utf8", "UTF-8", "auto"), passedOn: false },
  channel_binding: { check: oneOf("prefer", "disable"), passedOn: false },
  gssencmode: { check: oneOf("prefer", "disable"), passedOn: false },
  target_session_attrs: { check: oneOf("any", "read-write", "primary"), passedOn: false },
};
