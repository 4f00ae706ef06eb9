import { inOrder, type Threads } from "../../core/threads.ts";
import { differentTitles, LEAST_ALIKE, meetByKeys, type Titles } from "../candidates/candidates.ts";
import { PairList } from "../candidates/pairs.ts";
import { joinParts } from "../candidates/title-join.ts";
import { corpusOf, type Lessons } from "../corpus/corpus.ts";
import type { Profiles } from "../store/profiles.ts";
import type { DedupeAnswers } from "../threads/answers.ts";
import { lessonsOf } from "../works/works.ts";
import { Comparing } from "./compare-pairs.ts";

type DedupeThreads = Threads<DedupeAnswers>;

/** Threads compare so many pairs at once. */
const STRETCH = 20_000;

function* stretches(length: number): Generator<{ readonly from: number; readonly to: number }> {
  for (let from = 0; from < length; from += STRETCH) yield { from, to: Math.min(from + STRETCH, length) };
}

/** The pairs of titles with many words in common, in threads. */
async function joinApart({ sets }: Titles, threads: DedupeThreads): Promise<Int32Array[]> {
  await threads.askAll("prepareJoin", sets);
  const parts = joinParts(sets, LEAST_ALIKE);
  return Array.fromAsync(inOrder(parts, threads.atOnce, (part) => threads.ask("join", part)));
}

/** Compares every candidate pair, in threads; also gives the lessons by which it was compared. */
export async function compareApart(
  profiles: Profiles,
  threads: DedupeThreads,
): Promise<{ readonly lessons: Lessons; readonly compared: Comparing }> {
  const titles = differentTitles(profiles);
  const joined = joinApart(titles, threads);
  joined.catch(() => {}); // awaited below; a rejection before that must not end the process
  const lessons = lessonsOf(profiles);
  const compared = new Comparing(profiles, corpusOf(lessons));
  const list = new PairList(profiles.length);
  meetByKeys(profiles, list, compared.ask);
  for (const found of await joined)
    for (let at = 0; at < found.length; at += 2) titles.addPairs(found[at] ?? 0, found[at + 1] ?? 0, list);
  const pairs = list.unique();
  await threads.askAll("prepare", { profiles: profiles.shared, lessons, pairs });
  const all = stretches(pairs.numbers.length);
  for await (const found of inOrder(all, threads.atOnce, (stretch) => threads.ask("compare", stretch)))
    compared.addAll(found);
  return { lessons, compared };
}
