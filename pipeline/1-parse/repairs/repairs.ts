import { decodeHTMLStrict } from "entities";
import { ACCENTS, BRACED_SYMBOLS, LETTERS, STYLES, SYMBOLS } from "./latex-symbols.ts";

/**
 * Repairs of what captures break. Each is certain: what it looks for is hardly ever meant. Where a repair would have
 * to guess, the text stays and `leftovers` names what is left.
 */
export interface Repair {
  readonly name: string;
  readonly apply: (text: string) => string;
}

const REFERENCE = /&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});/u;

/** Character references, also those that were escaped twice (`&amp;#225;`). */
export function entities(text: string): string {
  if (!REFERENCE.test(text)) return text;
  const once = decodeHTMLStrict(text);
  return text.includes("&amp;") && REFERENCE.test(once) ? decodeHTMLStrict(once) : once;
}

/** References that lost `&#` and `;` on the way, for punctuation and spaces only: `word x2013 word`. */
const BARE_REFERENCE = /(?<![\p{L}\p{N}])x(20(?:0[0-9a]|1[0-9a-f]|2[0-6])|2212|00a0)(?![\p{L}\p{N}]);?/giu;
const bareReferences = (text: string) =>
  text.replace(BARE_REFERENCE, (_all, code: string) => String.fromCodePoint(Number.parseInt(code, 16)));

/** Soft hyphens, zero-width spaces, byte order marks and direction overrides: nothing a reader sees. */
const INVISIBLE = /[\u00ad\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069]/gu;
/** Joiners matter between letters of some scripts and in emoji; beside Latin text they are left-overs. */
const STRAY_JOINER =
  /(?<![^\p{ASCII}\p{Script=Latin}])[\u200c\u200d]|[\u200c\u200d](?![^\p{ASCII}\p{Script=Latin}])/gu;
const invisible = (text: string) => text.replace(INVISIBLE, "").replace(STRAY_JOINER, "");

const accented = (letter: string, accent: string) => (letter + (ACCENTS[accent] ?? "")).normalize("NFC");
const ANY_ACCENT = "([`'^~=.\"]|[uvHcdbkr](?![a-zA-Z]))";
const IN_BRACES = new RegExp(`\\\\${ANY_ACCENT}\\s*\\{\\\\?([a-zA-Z])\\}`, "gu");
const BEFORE_LETTER = /\\([`'^~=."])\\?([a-zA-Z])(?![a-zA-Z]*\{)/gu;
const BEFORE_SPACE = /\\([uvHcdbkr])\s+([a-zA-Z])(?![a-zA-Z])/gu;

/** `\"{o}`, `{\"o}`, `\"o`, `\c c`: one letter with its accent. */
function accents(text: string): string {
  return text
    .replace(IN_BRACES, (_all, accent: string, letter: string) => accented(letter, accent))
    .replace(BEFORE_LETTER, (_all, accent: string, letter: string) => accented(letter, accent))
    .replace(BEFORE_SPACE, (_all, accent: string, letter: string) => accented(letter, accent))
    .replace(/\{(\p{L}\p{M}?)\}/gu, (all, letter: string) => (/^[a-zA-Z]$/u.test(letter) ? all : letter));
}

const COMMAND = /\\([a-zA-Z]+)(?:\{\})?/gu;
const LETTER = new RegExp(
  `\\\\(${Object.keys(LETTERS).join("|")})(?:\\{\\}| (?=[a-zA-Z])|(?![a-zA-Z]))`,
  "gu",
);
const BRACED = /\{\\?([a-zA-Z]+)\}/gu;

/** `\alpha`, `{\times}`, and `{times}` whose backslash was lost. */
function symbols(text: string): string {
  return text
    .replace(
      BRACED,
      (all, name: string) => BRACED_SYMBOLS[name] ?? (all.includes("\\") ? SYMBOLS[name] : undefined) ?? all,
    )
    .replace(LETTER, (all, name: string) => LETTERS[name] ?? all)
    .replace(COMMAND, (all, name: string) => SYMBOLS[name] ?? all);
}

const STYLED = new RegExp(`(?:(?<!\\\\)\\\\|(?<![a-zA-Z\\\\]))(?:${STYLES.join("|")})\\{([^{}]*)\\}`, "gu");
const LINKED = /\\href\{([^{}]*)\}\{([^{}]*)\}/gu;
const SWITCHED = /\{\\(?:em|it|bf|tt|sc|rm|sf|sl)\s([^{}]*)\}/gu;
const NESTED_AT_MOST = 4;

/** `\textit{word}` and, with its backslash lost, `textit{word}`; the words stay. */
function styles(text: string): string {
  let plain = text.replace(LINKED, (_all, url: string, words: string) =>
    url === words ? url : `${words} (${url})`,
  );
  for (let depth = 0; depth < NESTED_AT_MOST; depth += 1) {
    const inner = plain.replace(STYLED, "$1").replace(SWITCHED, "$1");
    if (inner === plain) break;
    plain = inner;
  }
  return plain;
}

/** `\%`, `\_`, `\&`, `\#`, `\$`: escaped characters that stand for themselves. */
const escapes = (text: string) => text.replace(/\\([%&_#$])/gu, "$1");

/** Ties and thin spaces: `a~word`, `5\,kg`; `~` before a number alone means about, and between numbers a range. */
const TIE =
  /(?<=[\p{L}\p{N}.,:;)\]%])~(?=[\p{L}([\\$"])|(?<!\p{N}\p{L}{0,2})(?<=[\p{L}.,:;)\]%])~(?=\p{N})/gu;
const spaces = (text: string) =>
  text
    .replace(TIE, " ")
    .replace(/\\[,;: ]|\\\\(?=\s|$)/gu, " ")
    .replace(/\\[!/]/gu, "");

/** `10^{6}` and `x_{t}`: braces around what has no white space. */
const scripts = (text: string) =>
  text.replace(/(?<=[\p{L}\p{N})\]|$])([\^_])\{([^{}\s\\]{1,16})\}/gu, "$1$2");

/**
 * Inline formulas whose content is plain characters by now. Opening and closing dollars are told from prices as pandoc
 * does: no space inside them, and no digit behind the closing one (pandoc manual, tex_math_dollars). A dollar before `^` or
 * `_` opens one.
 */
const FORMULA = /(?<![\\$])(?:(?<!\p{N})\$|\$(?=[\^_]))(?! )([^$\\{}\n]{1,200})(?<! )\$(?![$\p{N}_^])/gu;
const formulas = (text: string) => text.replace(FORMULA, "$1");

/** Every repair, in the order in which they are applied. */
export const REPAIRS: readonly Repair[] = [
  { name: "entities", apply: entities },
  { name: "bare_references", apply: bareReferences },
  { name: "invisible", apply: invisible },
  { name: "accents", apply: accents },
  { name: "styles", apply: styles },
  { name: "symbols", apply: symbols },
  { name: "spaces", apply: spaces },
  { name: "scripts", apply: scripts },
  { name: "formulas", apply: formulas },
  { name: "escapes", apply: escapes },
];

/** Characters without which no repair has anything to do; most text has none of them. */
const BROKEN = /[\\~{}$&\u00ad\u200b-\u200d\u2060\ufeff\u202a-\u202e\u2066-\u2069]|x(?:20|22|00)/u;

/** The text with every certain repair made. */
export function repair(text: string): string {
  return BROKEN.test(text) ? REPAIRS.reduce((repaired, { apply }) => apply(repaired), text) : text;
}

/** Whether what looks like markup is left after the repairs: the text stays, and a person should look. */
export function hasMarkup(repaired: string): boolean {
  return /\\[a-zA-Z]+|(?<!\$)\$[^$\s](?:[^$]*[^$\s])?\$(?![$\d])|[_^]\{|&[a-zA-Z#][a-zA-Z0-9]{1,9};/u.test(
    repaired,
  );
}

/** Whether characters were lost before the capture was written: nothing brings them back. */
export const hasLostCharacters = (text: string): boolean => text.includes("\ufffd");
