/** Texts that people have and that cannot be imported as they are: what each is, and what to do with it. */
interface UnsupportedFormat {
  readonly what: string;
  readonly advice: string;
  readonly matches: (start: string) => boolean;
}

const LOOKED_AT_BYTES = 4096;

const UNSUPPORTED: readonly UnsupportedFormat[] = [
  {
    what: "the whole output of perf script",
    advice: "Print the addresses alone, as in: perf script -F addr > addresses.txt",
    matches: (start) => /^\s*\S.*\s\d+(?:\/\d+)?\s+(?:\[\d+\]\s+)?\d+\.\d+:\s+(?:\d+\s+)?\S+:/m.test(start),
  },
  {
    what: "the output of perf mem report or perf mem script",
    advice: "Write columns with a separator, as in: perf mem -x, -D report > accesses.csv, and import the csv.",
    matches: (start) => /^#\s*PID,?\s*TID,?\s*IP,?\s*ADDR/im.test(start),
  },
  {
    what: "text of blkparse",
    advice: "Print what is needed as a csv, as in: blkparse -f '%T,%S,%N,%d\\n' -i FILE > requests.csv",
    matches: (start) => /^\s*\d+,\d+\s+\d+\s+\d+\s+\d+\.\d+\s+\d+\s+[A-Z]+\s+[A-Z]/m.test(start),
  },
  {
    what: "output of strace",
    advice: "It has calls and no accesses to memory: record with valgrind's lackey, Pin or DynamoRIO.",
    matches: (start) => /^(?:\d+\s+)?\w+\(.*\)\s+= (?:-?\d+|0x[0-9a-f]+|\?)/m.test(start),
  },
  {
    what: "a list of numbers in one line",
    advice: "Put each number on a line of its own: tr -s ' \\t' '\\n' < FILE | ballast import - --name NAME.",
    matches: (start) => /^\s*\d+(?:[ \t]+\d+){2,}\s*$/.test(start),
  },
  {
    what: "JSON",
    advice: "Write one request per line as a csv, with the columns that matter.",
    matches: (start) => /^\s*(?:\{\s*(?:"|\})|\[\s*(?:[[{"\]]|\d))/.test(start),
  },
];

/** What the first bytes of a text show it to be, if it is something that is known and cannot be imported. */
export function findUnsupported(bytes: Uint8Array): UnsupportedFormat | undefined {
  const start = String.fromCharCode(...bytes.subarray(0, LOOKED_AT_BYTES));
  return UNSUPPORTED.find(({ matches }) => matches(start));
}
