import { inOrder, type Threads } from "../../core/threads.ts";
import {
  differentTitles,
  LEAST_ALIKE,
  meetByKeys,
  type Titles,
  titlesToJoin,
} from "../candidates/candidates.ts";
import { PairList } from "../candidates/pairs.ts";
import { joinParts } from "../candidates/title-join.ts";
import type { TitleWords } from "../candidates/title-sets.ts";
import { corpusOf, type Lessons } from "../corpus/corpus.ts";
import type { Profiles } from "../store/profiles.ts";
import type { DedupeAnswers } from "../threads/answers.ts";
import { lessonsOf } from "../works/works.ts";
import { Comparing } from "./compare-pairs.ts";

type DedupeThreads = Threads<DedupeAnswers>;

/** Threads compare so many pairs at once. */
const STRETCH = 20_000;
function* stretches(length: number, size: number): Generator<{ readonly from: number; readonly to: number }> {
  for (let from = 0; from < length; from += size) yield { from, to: Math.min(from + size, length) };
}

/** The words of titles, read in threads: in as few parts as they take at once, so that nobody need hand out more. */
function wordsApart(heads: Int32Array, threads: DedupeThreads): Promise<TitleWords[]> {
  const parts = stretches(heads.length, Math.ceil(heads.length / threads.atOnce));
  return Promise.all(parts.map(({ from, to }) => threads.ask("titleWords", heads.slice(from, to))));
}

/** The pairs of titles with many words in common, found in threads. */
async function joinApart({ sets }: Titles, threads: DedupeThreads): Promise<Int32Array[]> {
  await threads.askAll("prepareJoin", sets);
  const parts = joinParts(sets, LEAST_ALIKE);
  return Array.fromAsync(inOrder(parts, threads.atOnce, (part) => threads.ask("join", part)));
}

/** What threads do while this one does something else, too. */
async function meanwhile<T, U>(apart: Promise<T>, here: () => U): Promise<[T, U]> {
  apart.catch(() => {}); // awaited below; a rejection before that must not end the process
  const done = here();
  return [await apart, done];
}

/** Compares every candidate pair, in threads; also gives the lessons by which it was compared. */
export async function compareApart(
  profiles: Profiles,
  threads: DedupeThreads,
): Promise<{ readonly lessons: Lessons; readonly compared: Comparing }> {
  await threads.askAll("prepareProfiles", profiles.shared);
  const different = differentTitles(profiles);
  const [words, lessons] = await meanwhile(wordsApart(different.heads, threads), () => lessonsOf(profiles));
  const titles = titlesToJoin(different, words);
  const compared = new Comparing(profiles, corpusOf(lessons));
  const list = new PairList(profiles.length);
  const [joined] = await meanwhile(joinApart(titles, threads), () =>
    meetByKeys(profiles, list, compared.ask),
  );
  for (const found of joined)
    for (let at = 0; at < found.length; at += 2) titles.addPairs(found[at] ?? 0, found[at + 1] ?? 0, list);
  const pairs = list.unique();
  await threads.askAll("prepareCompare", { lessons, pairs });
  const all = stretches(pairs.numbers.length, STRETCH);
  for await (const found of inOrder(all, threads.atOnce, (stretch) => threads.ask("compare", stretch)))
    compared.addAll(found);
  return { lessons, compared };
}
