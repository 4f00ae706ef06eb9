import { sharedNumbers, trigrams } from "./number-sets.ts";

/** Likeness of two names by their runs of three letters: most names have nothing in common, which is told without sets. */

const BLANK = 32;
const unitAt = (text: string, at: number) => (at < 0 || at >= text.length ? BLANK : text.charCodeAt(at));

/** The first place before `end` where a text has the run of three letters around a place of another; -1: none. */
function placeOfRun(text: string, of: string, place: number, end: number): number {
  const [first, second, third] = [unitAt(of, place - 1), unitAt(of, place), unitAt(of, place + 1)];
  for (let at = 0; at < end; at += 1)
    if (unitAt(text, at) === second && unitAt(text, at - 1) === first && unitAt(text, at + 1) === third)
      return at;
  return -1;
}

const isNew = (text: string, at: number) => placeOfRun(text, text, at, at) < 0;

/** Longer names are compared as sets: looking up every run in every place takes the square of the length. */
const LONG = 32;

/** Twice the runs of three letters that two names share over all they have (Dice, 1945); a blank is at either end. */
export function likenessOfNames(a: string, b: string): number {
  if (Math.max(a.length, b.length) > LONG) {
    const [left, right] = [trigrams(a), trigrams(b)];
    return (2 * sharedNumbers(left, right)) / (left.length + right.length);
  }
  let common = 0;
  let all = 0;
  for (let at = 0; at < a.length; at += 1)
    if (placeOfRun(b, a, at, b.length) >= 0 && isNew(a, at)) common += 1;
  if (common === 0) return 0;
  for (const name of [a, b]) for (let at = 0; at < name.length; at += 1) if (isNew(name, at)) all += 1;
  return (2 * common) / all;
}
