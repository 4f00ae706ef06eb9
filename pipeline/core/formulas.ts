/**
 * The mark that keeps spreadsheets from running a text as a formula: an apostrophe before it. Texts that begin with an
 * apostrophe are marked too, so that whoever takes one apostrophe off each has the text again, without exception.
 */
export const FORMULA_MARK = "'";

/**
 * What a marked text begins with: the characters that start a formula, in both widths, as OWASP lists them
 * (https://owasp.org/www-community/attacks/CSV_Injection), and the mark itself. Tabs and carriage returns, which it
 * lists too, do not occur. The expression is in the common subset of ECMAScript and RE2.
 */
export const MARKED_TEXT = "^[=+@'＝＋－＠-]";
