import type { PlacedLine } from "../lines.ts";
import type { Resolve } from "./inline-markup.ts";

/** A line, or a few, that give a numbered link its target. */
export interface TargetLines {
  readonly lineStart: number;
  readonly lineEnd: number;
}

const DEFINED = /^\[(\d{1,6})\]:\s*(.*)$/u;
const NUMBERED = /^(\d{1,6})\.(?:\s+(.*))?$/u;
const ADDRESS = /^<?(?:[a-z][a-z0-9+.-]{1,20}:\S|\/|#|\.{1,2}\/)\S*>?$/iu;
const HOVER = /^["'(]/u;

/** The address at the beginning, without angle brackets and what follows it. */
function address(text: string): string {
  const [first = ""] = text.split(/\s/u, 1);
  return first.startsWith("<") && first.endsWith(">") ? first.slice(1, -1) : first;
}

/** `[32]:` with its address, or with nothing: the address stands on the next line. */
function defined(plain: string): RegExpExecArray | null {
  const found = DEFINED.exec(plain);
  const rest = found?.[2]?.trim() ?? "";
  return rest === "" || ADDRESS.test(rest.split(/\s/u, 1)[0] ?? "") ? found : null;
}

/** A heading over targets. */
export const isTargetsHeading = (line: string): boolean =>
  /^\s*(?:references|(?:visible|hidden) links):?\s*$/iu.test(line);

/**
 * Reads the targets at the end of a capture: `[32]: https://…  "hover title"` or `32. https://…`, the address maybe
 * on the next line. Each list's numbers begin anew, so that each has a table of its own.
 */
export class LinkTargets {
  private table = new Map<string, string>();
  /** The last target, to which the next line may belong. */
  private last: { readonly number: string; isEmpty: boolean; isQuoted: boolean; end: string } | null = null;

  /** Whether there are targets that no list has taken yet. */
  get isFilled(): boolean {
    return this.table.size > 0;
  }

  /** Takes a line if it belongs to a target; null where it does not. */
  take({ text, number: line }: PlacedLine): TargetLines | null {
    const place = { lineStart: line, lineEnd: line };
    const plain = text.trim();
    if (plain === "") return null;
    const [, number, rest = ""] = defined(plain) ?? this.numbered(plain) ?? [];
    if (number === undefined) return this.goesOn(plain) ? place : null;
    const behind = rest.trim();
    this.last = {
      number,
      isEmpty: behind === "",
      isQuoted: /\s"[^"]*$/u.test(behind.slice(-500)),
      end: behind.slice(-1),
    };
    this.table.set(number, address(behind));
    return place;
  }

  /** A blank line: what follows belongs to no target but an empty one's address. */
  blank(): void {
    if (this.last?.isEmpty === false) this.last = null;
  }

  /** The targets so far, as a table of their own; the next list's begin anew. */
  takeTable(): Resolve {
    const table = this.table;
    this.table = new Map();
    this.last = null;
    return (number) => table.get(number) || null;
  }

  private numbered(plain: string): RegExpExecArray | null {
    const found = NUMBERED.exec(plain);
    const rest = found?.[2] ?? "";
    const isNext = this.isFilled && rest === "";
    return isNext || ADDRESS.test(rest) ? found : null;
  }

  private goesOn(plain: string): boolean {
    const { last } = this;
    if (last === null) return false;
    if (last.isEmpty && ADDRESS.test(plain.split(/\s/u, 1)[0] ?? "")) {
      this.table.set(last.number, address(plain));
      Object.assign(last, { isEmpty: false, end: plain.slice(-1) });
      return true;
    }
    if (last.isQuoted || HOVER.test(plain)) {
      last.isQuoted = last.isQuoted ? !/["')]$/u.test(plain) : !/.["')]$/u.test(plain);
      return true;
    }
    if (!/[-/]/u.test(last.end) || /\s/u.test(plain) || last.isEmpty) return false;
    this.table.set(last.number, (this.table.get(last.number) ?? "") + plain);
    last.end = plain.slice(-1);
    return true;
  }
}
