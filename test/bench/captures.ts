import { once } from "node:events";
import { createWriteStream } from "node:fs";

/** Makes captures of any size: invented words by a Zipf law, so that titles share words as real ones do. */

/** Numbers from 0 to 1, the same for the same seed (xorshift; Marsaglia, Journal of Statistical Software 8(14), 2003). */
export function random(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 4_294_967_296;
  };
}

const SYLLABLES =
  "ba be bi bo da de di do fa fe ga ge ka ki ko la le li lo ma me mi mo na ne no pa pe ra re ri ro sa se si ta te ti to va ve".split(
    " ",
  );
/** The word of a rank, from 0: the same at every time, and no two ranks have one. */
export function wordAt(rank: number): string {
  let word = "";
  for (let n = rank + 50; n > 0; n = Math.floor(n / SYLLABLES.length))
    word += SYLLABLES[n % SYLLABLES.length];
  return word;
}
const WORDS = Array.from({ length: 20_000 }, (_, i) => wordAt(i));

function text(next: () => number, words: number): string {
  // the rank of a word falls off as 1/rank when its logarithm is uniform
  const picked = Array.from({ length: words }, () => WORDS[Math.floor(WORDS.length ** next()) - 1] ?? "a");
  return picked.join(" ");
}

export const capital = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);

type Entry = readonly [title: string, abstract: string];

/** Entries of a listing; one in five repeats an earlier one, one in four names code. */
function* entries(count: number, seed: number): Generator<Entry> {
  const next = random(seed);
  const earlier: Entry[] = [];
  for (let i = 0; i < count; i += 1) {
    const known = next() < 0.2 ? earlier[Math.floor(next() * earlier.length)] : undefined;
    if (known !== undefined) {
      yield known;
      continue;
    }
    const sentences = Array.from({ length: 8 + Math.floor(next() * 6) }, () => `${capital(text(next, 18))}.`);
    if (next() < 0.25)
      sentences.push(`Our code is available at https://github.com/lab-${i % 5000}/code-${i}.`);
    const entry = [capital(text(next, 9)), sentences.join(" ")] as const;
    if (earlier.length < REPEATABLE) earlier.push(entry);
    yield entry;
  }
}
/** So many entries are kept to be repeated. */
const REPEATABLE = 100_000;

async function writeAll(path: string, parts: Iterable<string>): Promise<void> {
  const file = createWriteStream(path, { highWaterMark: 1 << 20 });
  for (const part of parts) if (!file.write(part)) await once(file, "drain");
  file.end();
  await once(file, "close");
}

function* listing(count: number, seed: number): Generator<string> {
  yield "new\n\nGet trending papers in your email inbox!\n\nSubscribe\n\nMar 14, 2025\n";
  for (const [title, abstract] of entries(count, seed)) yield `\n${title}\n\n${abstract}\n`;
}

function* lines(count: number, seed: number): Generator<string> {
  let id = 0;
  for (const [title, abstract] of entries(count, seed)) {
    id += 1;
    yield `${JSON.stringify({ id, title, abstract, authors: ["Ada Quill", "Jan Stein"], year: 2025 })}\n`;
  }
}

/** Writes a capture in the layout with blank lines. */
export const writeCapture = (path: string, papers: number, seed = 1) => writeAll(path, listing(papers, seed));

/** Writes a plain table as JSON Lines. */
export const writeJsonLines = (path: string, papers: number, seed = 1) => writeAll(path, lines(papers, seed));
