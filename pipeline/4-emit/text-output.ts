import { closeAfter, type OutputFile, type WrittenFile } from "./output-file.ts";

/** Bytes that are gathered before they are written. */
const GATHERED = 1 << 20;
/** At most as many bytes of UTF-8 as this for one UTF-16 unit. */
const BYTES_A_UNIT = 3;

/**
 * Gathers text as UTF-8 and hands it to a file about a megabyte at a time. Two buffers take turns, one filled while the
 * other is written: a new one each time would cost more than the writing, because memory comes filled with zeros.
 */
export class TextOutput {
  private readonly file: OutputFile;
  private filling = Buffer.allocUnsafeSlow(GATHERED);
  private other = Buffer.allocUnsafeSlow(GATHERED);
  private length = 0;

  constructor(file: OutputFile) {
    this.file = file;
  }

  /** Takes a text. Gives something to wait for, before the next one, only where the file is to be waited for. */
  put(text: string): Promise<void> | undefined {
    if (this.length + text.length * BYTES_A_UNIT > this.filling.length) return this.putBehind(text);
    this.length += this.filling.write(text, this.length, "utf8");
    return undefined;
  }

  /** Puts a text behind what was gathered: in the other buffer, once that is written. */
  private async putBehind(text: string): Promise<void> {
    await this.flush();
    const most = text.length * BYTES_A_UNIT;
    if (most > this.filling.length) this.filling = Buffer.allocUnsafeSlow(most);
    this.length += this.filling.write(text, this.length, "utf8");
  }

  close(): Promise<WrittenFile> {
    return closeAfter(this.file, () => this.flush());
  }

  private async flush(): Promise<void> {
    const gathered = this.filling.subarray(0, this.length);
    if (gathered.length === 0) return;
    [this.filling, this.other] = [this.other, this.filling];
    this.length = 0;
    await this.file.write(gathered);
  }
}
