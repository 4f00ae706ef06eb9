import { escapedAt } from "./escapes.ts";

/** Longer than any address that papers print; what runs on is no target, so that every search is bounded. */
const LONGEST = 2_000;
const HOVER_LONGEST = 1_000;
const DEEPEST = 32;

export interface Target {
  readonly target: string;
  /** The place behind the closing bracket. */
  readonly end: number;
}

const ANGLED = /\s*<([^<>\n]{0,2000})>/uy;
/** A wrapped address goes on behind its line's end; other words in brackets do not. */
const isAddress = (text: string) => /^(?:https?:|\/)/iu.test(text);

/** The place behind `"hover title")`, or null. Hover titles hold quotation marks of their own. */
function hoverEnd(text: string, at: number): number | null {
  const quote = text.charAt(at);
  if (quote !== '"' && quote !== "'") return null;
  const close = text.slice(at + 1, at + HOVER_LONGEST).indexOf(`${quote})`);
  return close === -1 ? null : at + 1 + close + 2;
}

function angled(text: string, at: number): Target | null {
  ANGLED.lastIndex = at;
  const found = ANGLED.exec(text);
  if (found === null) return null;
  let end = at + found[0].length;
  while (text.charAt(end) === " ") end += 1;
  const behind = text.charAt(end) === ")" ? end + 1 : hoverEnd(text, end);
  return behind === null ? null : { target: (found[1] ?? "").trim(), end: behind };
}

/** The target in round brackets that begin at this place, with or without a hover title; null: there is none. */
export function targetAt(text: string, at: number): Target | null {
  if (text.charAt(at) !== "(") return null;
  const inAngles = angled(text, at + 1);
  if (inAngles !== null) return inAngles;
  let target = "";
  let depth = 0;
  for (let place = at + 1; place < text.length && place - at < LONGEST; place += 1) {
    const character = text.charAt(place);
    if (/\s/u.test(character)) {
      let next = place;
      while (/\s/u.test(text.charAt(next))) next += 1;
      const end = hoverEnd(text, next);
      if (end !== null) return { target, end };
      if (target !== "" && text.charAt(next) !== ")" && !isAddress(target)) return null;
      place = next - 1;
    } else if (character === "\\") {
      const escaped = escapedAt(text, place) ?? text.charAt(place + 1);
      target += escaped;
      place += 1;
    } else if (character === "(") {
      depth += 1;
      if (depth > DEEPEST) return null;
      target += character;
    } else if (character === ")") {
      if (depth === 0) return { target, end: place + 1 };
      depth -= 1;
      target += character;
    } else if (character === "]" && text.charAt(place + 1) === "(") return null;
    else target += character;
  }
  return null;
}

const ATTRIBUTES = /\{[.#][^{}]{0,500}\}/uy;

/** The place behind attributes such as pandoc's `{.mb-1 .text-lg}`, or the same place where there are none. */
export function behindAttributes(text: string, at: number): number {
  ATTRIBUTES.lastIndex = at;
  return ATTRIBUTES.test(text) ? ATTRIBUTES.lastIndex : at;
}
