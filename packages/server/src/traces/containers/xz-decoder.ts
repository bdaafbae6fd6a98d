import {
  code,
  copyFromWasm,
  decoderInit,
  end,
  initModule,
  LZMA_MEM_ERROR,
  LZMA_MEMLIMIT_ERROR,
  LZMA_OK,
  LZMA_OPTIONS_ERROR,
  LZMA_RUN,
  LZMA_STREAM_END,
  WasmLzmaStream,
} from "node-liblzma/wasm";

type LzmaModule = Awaited<ReturnType<typeof initModule>>;

export type XzFailure = "memory-limit" | "memory" | "options" | "damaged";

const INPUT_BYTES = 2 ** 16;
const OUTPUT_BYTES = 2 ** 18;
/** As much as the module can address. */
const MEMORY_LIMIT = 2n ** 28n;

/** liblzma's decoder of one xz stream, compiled to WebAssembly. `free` must be called. */
export class XzDecoder {
  readonly #module: LzmaModule;
  readonly #stream: WasmLzmaStream;
  readonly #input: number;
  readonly #output: number;
  readonly #fail: (failure: XzFailure) => Error;
  #ended = false;

  private constructor(module: LzmaModule, fail: (failure: XzFailure) => Error) {
    this.#module = module;
    this.#fail = fail;
    this.#stream = new WasmLzmaStream(module);
    this.#input = allocate(module, INPUT_BYTES);
    this.#output = allocate(module, OUTPUT_BYTES);
  }

  /** `fail` makes the error for a stream that cannot be expanded. */
  static async create(fail: (failure: XzFailure) => Error): Promise<XzDecoder> {
    const decoder = new XzDecoder(await initModule(), fail);
    if (decoder.#input === 0 || decoder.#output === 0) throw fail("memory");
    decoderInit(decoder.#stream, MEMORY_LIMIT);
    return decoder;
  }

  /** Whether the stream's end was reached. */
  get ended(): boolean {
    return this.#ended;
  }

  /** Bytes of the last piece that lie behind the stream's end. */
  get inputLeft(): number {
    return this.#stream.availIn;
  }

  /** Expands a piece of at most 64 KiB. */
  *expand(piece: Uint8Array): Generator<Uint8Array> {
    this.#module.HEAPU8.set(piece, this.#input);
    this.#stream.setInput(this.#input, piece.length);
    for (;;) {
      this.#stream.setOutput(this.#output, OUTPUT_BYTES);
      const result = code(this.#stream, LZMA_RUN);
      const produced = OUTPUT_BYTES - this.#stream.availOut;
      this.#ended = result === LZMA_STREAM_END;
      if (!this.#ended && result !== LZMA_OK) throw this.#fail(failureOf(result));
      if (produced > 0) yield copyFromWasm(this.#module, this.#output, produced);
      if (this.#ended || produced < OUTPUT_BYTES) return;
    }
  }

  free(): void {
    end(this.#stream);
    this.#stream.free();
    release(this.#module, this.#input);
    release(this.#module, this.#output);
  }
}

function failureOf(result: number): XzFailure {
  if (result === LZMA_MEMLIMIT_ERROR) return "memory-limit";
  if (result === LZMA_MEM_ERROR) return "memory";
  return result === LZMA_OPTIONS_ERROR ? "options" : "damaged";
}

// The module names C functions with an underscore.
function allocate(module: LzmaModule, bytes: number): number {
  // oxlint-disable-next-line no-underscore-dangle
  return module._malloc(bytes);
}

function release(module: LzmaModule, address: number): void {
  // oxlint-disable-next-line no-underscore-dangle
  module._free(address);
}
