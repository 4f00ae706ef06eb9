import { capital } from "./captures.ts";

/** What happens to the fields of a paper on its way through sources: each function makes one more form of a text. */

type Next = () => number;

/** A number from 0 to `below`, without it. */
export const upTo = (next: Next, below: number): number => Math.floor(next() * below);
const oneOf = <T>(next: Next, all: readonly T[], otherwise: T): T => all[upTo(next, all.length)] ?? otherwise;

/** A letter lost, doubled or in the place of its neighbour. */
export function typo(next: Next, word: string): string {
  const at = 1 + upTo(next, Math.max(1, word.length - 2));
  const letter = word.charAt(at);
  const form = next();
  if (form < 0.4) return word.slice(0, at) + word.slice(at + 1);
  if (form < 0.7) return word.slice(0, at) + letter + word.slice(at);
  return word.slice(0, at - 1) + letter + word.charAt(at - 1) + word.slice(at + 1);
}

function changed(words: readonly string[], at: number, word: string | null): string[] {
  return [...words.slice(0, at), ...(word === null ? [] : [word]), ...words.slice(at + 1)];
}

const TITLE_FORMS: readonly ((next: Next, words: readonly string[]) => readonly string[])[] = [
  (_, words) => words.map((word) => word.toUpperCase()),
  (_, words) => words.map(capital),
  (_, words) => words.map((word, at) => (at === 2 ? `${word}:` : word)),
  (_, words) => words.map((word, at) => (at === 1 ? `{${capital(word)}}` : word)),
  (_, words) => words.map((word, at) => (at === 3 ? `\\emph{${word}}` : word)),
  (_, words) => [...words.slice(0, -1), `${words.at(-1) ?? ""}.`],
  (next, words) => {
    const at = upTo(next, words.length);
    return changed(words, at, typo(next, words[at] ?? ""));
  },
  (next, words) => {
    const at = upTo(next, Math.max(1, words.length - 1));
    return [...words.slice(0, at), `${words[at] ?? ""}${words[at + 1] ?? ""}`, ...words.slice(at + 2)];
  },
  (next, words) => changed(words, upTo(next, words.length), null),
  (next, words) => changed(words, upTo(next, words.length), oneOf(next, words, "new")),
  (_, words) => words.slice(0, Math.max(4, Math.ceil(words.length * 0.6))),
];

/** A title as another source prints it: as it is, or with one thing changed, or with two. */
export function noisyTitle(next: Next, title: string): string {
  const form = next();
  if (form < 0.35) return title;
  let words: readonly string[] = title.split(" ");
  for (let left = form < 0.9 ? 1 : 2; left > 0; left -= 1)
    words = oneOf(next, TITLE_FORMS, (_, same) => same)(next, words);
  return words.join(" ");
}

/** An abstract as another source has it: none, the whole, its beginning, or with some words changed. */
export function noisyAbstract(next: Next, abstract: string): string | null {
  const form = next();
  if (form < 0.25) return null;
  if (form < 0.65) return abstract;
  if (form < 0.85) return `${abstract.slice(0, 200 + upTo(next, 400))} ...`;
  return abstract
    .split(" ")
    .map((word) => (next() < 0.05 ? typo(next, word) : word))
    .join(" ");
}

/** Authors as another source writes them: with initials, the family name first, with a word missing, or only the first. */
export function noisyAuthors(next: Next, authors: readonly string[]): readonly string[] | null {
  const form = next();
  if (form < 0.05) return null;
  if (form < 0.45) return authors;
  if (form < 0.5) return [...authors.slice(0, 1), "et al."];
  return authors.map((name) => {
    const [given = "", family = ""] = name.split(" ");
    if (form < 0.7) return `${given.charAt(0)}. ${family}`;
    return form < 0.85 ? `${family}, ${given}` : `${family} ${given.charAt(0)}`;
  });
}
