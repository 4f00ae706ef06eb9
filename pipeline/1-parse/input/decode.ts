import { isAscii } from "node:buffer";

/** The encodings that captures come in. */
export type Encoding = "utf-8" | "utf-16le" | "utf-16be" | "windows-1252";

/** Byte order marks (Unicode standard, section 23.8). */
const MARKS: readonly (readonly [Encoding, readonly number[]])[] = [
  ["utf-8", [0xef, 0xbb, 0xbf]],
  ["utf-16le", [0xff, 0xfe]],
  ["utf-16be", [0xfe, 0xff]],
];
/** How many bytes the beginning is judged by. */
const START_LENGTH = 4_096;
/** How many bytes from the first letter outside ASCII on decide between UTF-8 and windows-1252. */
const WINDOW_LENGTH = 65_536;

/** Fewer bytes do not show a pattern. */
const FEWEST_BYTES = 64;

/** UTF-16 without a mark: listings are mostly ASCII letters, so that every other byte is 0. */
function utf16Of(start: Uint8Array): Encoding | null {
  if (start.length < FEWEST_BYTES) return null;
  const zeros = [0, 0];
  for (let at = 0; at < start.length; at += 1) if (start[at] === 0) zeros[at & 1] = (zeros[at & 1] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  const half = start.length / 2;
  if (odd > half * 0.6 && even < half * 0.1) return "utf-16le";
  return even > half * 0.6 && odd < half * 0.1 ? "utf-16be" : null;
}

/** How often the sign for a lost letter, which an earlier tool left, is itself written in UTF-8. */
function writtenSigns(bytes: Uint8Array): number {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  let count = 0;
  for (let at = buffer.indexOf("\ufffd"); at !== -1; at = buffer.indexOf("\ufffd", at + 3)) count += 1;
  return count;
}

/** Whether bytes are UTF-8, if need be with damage: more of the letters outside ASCII can be read so than cannot. */
function isMostlyUtf8(bytes: Uint8Array, isEnd: boolean): boolean {
  const text = new TextDecoder("utf-8").decode(bytes, { stream: !isEnd });
  const lost = (text.match(/\ufffd/gu)?.length ?? 0) - writtenSigns(bytes);
  const read = text.match(/[^\0-\x7f\ufffd]/gu)?.length ?? 0;
  return read >= lost;
}

/**
 * Decodes bytes that arrive in pieces of any size. A byte order mark decides; without one, text is ASCII until the
 * first byte that is not, and what follows it tells UTF-8 from windows-1252. The result does not depend on the pieces.
 */
export class CaptureDecoder {
  private known: Encoding | null = null;
  private decoder: InstanceType<typeof TextDecoder> | null = null;
  private isStart = true;
  private held: Uint8Array = new Uint8Array(0);

  /** The encoding, as far as it shows yet; text that is ASCII so far is UTF-8. */
  get encoding(): Encoding {
    return this.known ?? "utf-8";
  }

  write(bytes: Uint8Array): string {
    if (this.decoder !== null) return this.decoder.decode(bytes, { stream: true });
    this.held = this.held.length === 0 ? bytes : Buffer.concat([this.held, bytes]);
    if (this.isStart) return this.held.length < START_LENGTH ? "" : this.begin();
    return this.ascii(false);
  }

  end(): string {
    const begun = this.isStart ? this.begin() : "";
    return begun + (this.decoder === null ? this.ascii(true) : "") + (this.decoder?.decode() ?? "");
  }

  private begin(): string {
    this.isStart = false;
    const mark = MARKS.find(([, bytes]) => bytes.every((byte, at) => this.held[at] === byte))?.[0];
    const encoding = mark ?? utf16Of(this.held.subarray(0, START_LENGTH));
    return encoding === null ? this.ascii(false) : this.decide(encoding, mark !== undefined);
  }

  private decide(encoding: Encoding, hasMark: boolean): string {
    this.known = encoding;
    this.decoder = new TextDecoder(encoding, { ignoreBOM: !hasMark });
    const bytes = this.held;
    this.held = new Uint8Array(0);
    return this.decoder.decode(bytes, { stream: true });
  }

  /** The ASCII text that is held; from the first other byte on, the bytes stay held until enough are there to judge. */
  private ascii(isEnd: boolean): string {
    const bytes = this.held;
    const other = isAscii(bytes) ? -1 : bytes.findIndex((byte) => byte > 0x7f);
    const plain = other === -1 ? bytes : bytes.subarray(0, other);
    this.held = bytes.subarray(plain.length);
    const text = Buffer.from(plain.buffer, plain.byteOffset, plain.length).toString("latin1");
    if (other === -1 || (!isEnd && this.held.length < WINDOW_LENGTH)) return text;
    const isUtf8 = isMostlyUtf8(this.held.subarray(0, WINDOW_LENGTH), isEnd);
    return text + this.decide(isUtf8 ? "utf-8" : "windows-1252", false);
  }
}
