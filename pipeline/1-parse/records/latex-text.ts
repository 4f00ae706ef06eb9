/** A command with its name, or an escaped character. */
const COMMAND = /\\(?:[a-zA-Z]+\*?|.)/suy;
/** Commands of one character that take a group: accents. `\&{A}` is a sign and a group of its own. */
const ACCENTS = "`'^~=.\"";
/** Groups that a repair knows with their braces: `{\ss}`, `{\em word}`, `{\'e}`, `{\"{o}}`, `{\c c}`. */
const KNOWN_GROUP =
  /\{\s{0,9}\\(?:[a-zA-Z]{1,40}\s{0,9}\}|(?:em|it|bf|tt|sc|rm|sf|sl)\s|(?:[`'^~=."]|[uvHcdbkr]\s?)\s?\{?\\?[a-zA-Z]\}?\})/uy;

const matchAt = (form: RegExp, text: string, at: number): string | null => {
  form.lastIndex = at;
  return form.exec(text)?.[0] ?? null;
};

/**
 * Text without the braces that keep a reference manager from changing its case (`{GPU}s`, `{{Whole title}}`). Braces
 * that hold what a command takes, a formula or an index stay, and so do those without a partner.
 */
export function withoutCaseBraces(text: string): string {
  const pieces: string[] = [];
  /** For each open group: where its brace is among the pieces, or null where the group keeps its braces. */
  const open: (number | null)[] = [];
  let isFormula = false;
  let takesGroup = false;
  for (let at = 0; at < text.length; ) {
    const piece = matchAt(COMMAND, text, at) ?? text.charAt(at);
    if (piece === "$") isFormula = !isFormula;
    if (piece === "{")
      open.push(isFormula || takesGroup || matchAt(KNOWN_GROUP, text, at) !== null ? null : pieces.length);
    const opened = piece === "}" ? open.pop() : undefined;
    const isCaseGroup = typeof opened === "number";
    if (isCaseGroup) pieces[opened] = "";
    pieces.push(isCaseGroup ? "" : piece);
    if (piece.startsWith("\\") && piece.length > 1)
      takesGroup = /^\\[a-zA-Z]/u.test(piece) || ACCENTS.includes(piece.charAt(1));
    else if (piece === "}") takesGroup = opened === null;
    else if (piece.trim() !== "" || !takesGroup) takesGroup = piece === "^" || piece === "_";
    at += piece.length;
  }
  return pieces.join("");
}

/** Signs that LaTeX names; the repairs know those of formulas. */
const SIGNS: Readonly<Record<string, string>> = {
  textquotedblleft: "“",
  textquotedblright: "”",
  textquoteleft: "‘",
  textquoteright: "’",
  textquotesingle: "'",
  textendash: "–",
  textemdash: "—",
  textless: "<",
  textgreater: ">",
  textasciitilde: "~",
  textunderscore: "_",
  textbar: "|",
  textdegree: "°",
  LaTeX: "LaTeX",
  TeX: "TeX",
};
const NAMES = Object.keys(SIGNS).join("|");
const SIGN = new RegExp(`\\{\\\\(${NAMES})\\}|\\\\(${NAMES})(?:\\{\\}|\\s|(?![a-zA-Z]))`, "gu");

/** A formula between dollars as pandoc knows it (its manual, tex_math_dollars): prices are none. */
const FORMULA = /(?<!\\)\$(?!\s)([^$]{1,200})(?<!\s)\$(?!\p{N})/gu;
const ENDS_IN_COMMAND = /\\[a-zA-Z]+$/u;

/** Formulas without their dollars, unless a letter behind one would run into its last command. */
const withoutDollars = (text: string): string =>
  text.replace(FORMULA, (all, formula: string, at: number) =>
    ENDS_IN_COMMAND.test(formula) && /^\p{L}/u.test(text.slice(at + all.length, at + all.length + 2))
      ? all
      : formula,
  );

/** Dashes and quotation marks as TeX's fonts join them; a web address is no running text. */
const joinedSigns = (word: string): string =>
  word.includes("://")
    ? word
    : word.replaceAll("---", "—").replaceAll("--", "–").replaceAll("``", "“").replaceAll("''", "”");

/**
 * A bibliography's text made ready for the repairs, which know LaTeX's accents, symbols and styles: without braces for
 * case, dollars around formulas and marks for hyphens; dashes, quotation marks and named signs are single signs. All
 * this is certain only in what is known to be LaTeX.
 */
export function latexText(text: string): string {
  return withoutDollars(withoutCaseBraces(text))
    .replace(SIGN, (_all, braced?: string, bare?: string) => SIGNS[braced ?? bare ?? ""] ?? "")
    .replaceAll("\\-", "")
    .replace(/\S+/gu, joinedSigns);
}
