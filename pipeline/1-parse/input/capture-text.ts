import { systemCode } from "../../core/errors.ts";
import type { RejectReason } from "../rejects.ts";
import { CaptureDecoder, type Encoding } from "./decode.ts";
import { type Packing, unpack } from "./unpack.ts";

/** Packed text that grows beyond both is no capture: real listings shrink to a third or, as JSON, a twentieth. */
const MOST_UNPACKED = 1 << 26;
const MOST_TIMES = 250;

/** Why a file could not be read to its end. */
export interface Interruption {
  readonly reason: RejectReason;
  readonly found: string;
}

/** A capture's text, whatever it is packed and encoded in; what was learnt of it shows while it is read. */
export class CaptureText {
  packing: Packing | null = null;
  interruption: Interruption | null = null;
  private readonly decoder = new CaptureDecoder();
  private readonly packed: AsyncIterable<Uint8Array>;
  private readonly size: number;

  /** @param size of the file in bytes, packed as it is */
  constructor(packed: AsyncIterable<Uint8Array>, size: number) {
    this.packed = packed;
    this.size = size;
  }

  get encoding(): Encoding {
    return this.decoder.encoding;
  }

  /** The text in pieces, once. Where the file cannot be read further, it ends there with `interruption` set. */
  async *pieces(): AsyncGenerator<string> {
    for await (const bytes of this.bytes()) {
      const text = this.decoder.write(bytes);
      if (text !== "") yield text;
    }
    const last = this.decoder.end();
    if (last !== "") yield last;
  }

  private async *bytes(): AsyncGenerator<Uint8Array> {
    try {
      const { packing, bytes } = await unpack(this.packed);
      this.packing = packing;
      const most = Math.max(MOST_UNPACKED, this.size * MOST_TIMES);
      let length = 0;
      for await (const chunk of bytes) {
        length += chunk.length;
        if (packing !== null && length > most) {
          this.interruption = { reason: "file_unpacks_too_large", found: `more than ${most} bytes` };
          return;
        }
        yield chunk;
      }
    } catch (error) {
      const code = systemCode(error);
      if (code === undefined) throw error;
      this.interruption = { reason: "file_unreadable", found: code };
    }
  }
}
