import { absoluteAddress } from "./address.ts";
import type { LinkPart, Part } from "./inline-markup.ts";

const bare = (address: string) =>
  address
    .replace(/^https?:\/\/(?:www\.)?/iu, "")
    .replace(/\/$/u, "")
    .toLowerCase();

/** The words, and the address where they do not show it themselves; words that are an address cut short give way. */
function withAddress(words: string, address: string | null): string {
  if (address === null || words === "") return words;
  const shown = bare(words.replace(/(?:…|\.\.\.)$/u, ""));
  const isAddress = !/\s/u.test(words) && shown.length > 3 && /[./]/u.test(shown);
  return isAddress && bare(address).startsWith(shown) ? address : `${words} (${address})`;
}

/** A text browser marks where a link begins only; its address stands behind its first word. */
function openEnded({ words, target, number }: LinkPart): string {
  const address = absoluteAddress(target);
  if (address === null) return `[${number}]${words}`;
  const space = words.search(/\s/u);
  const token = space === -1 ? words : words.slice(0, space);
  let end = token.length;
  while (end > 1 && ".,;:!?)]".includes(token.charAt(end - 1))) end -= 1;
  return withAddress(token.slice(0, end), address) + words.slice(end);
}

/** The block as running text on one line: every link's visible words, its address behind them in brackets. */
export function runningText(parts: readonly Part[]): string {
  const words = parts.map((part) => {
    if (part.kind === "image") return "";
    if (part.kind === "text") return part.text;
    return part.number === null ? withAddress(part.words, absoluteAddress(part.target)) : openEnded(part);
  });
  return words.join("").replace(/\s+/gu, " ").trim();
}

/** The block's visible words alone, on one line. */
export function visibleText(parts: readonly Part[]): string {
  const words = parts.map((part) =>
    part.kind === "image" ? "" : part.kind === "text" ? part.text : part.words,
  );
  return words.join("").replace(/\s+/gu, " ").trim();
}
