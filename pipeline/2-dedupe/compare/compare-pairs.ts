import { askCandidates } from "../candidates/candidates.ts";
import { type Ask, askPairs, type Pairs } from "../candidates/pairs.ts";
import { type Corpus, corpusOf, type Lessons } from "../corpus/corpus.ts";
import type { ProfileReader, Profiles } from "../store/profiles.ts";
import { compare } from "./compare.ts";
import { type EdgeNumbers, Edges } from "./edges.ts";

/** What comparing pairs found, as one thread hands it to another. */
export interface Compared {
  readonly edges: EdgeNumbers;
  /** Places that share an identifier and nothing else with another. */
  readonly sharing: Int32Array;
  /** So many pairs were compared. */
  readonly asked: number;
}

/** Compares pairs, and keeps those that are one work. */
export class Comparing {
  readonly edges = new Edges();
  readonly sharing = new Set<number>();
  asked = 0;
  private readonly profiles: ProfileReader;
  private readonly corpus: Corpus;

  constructor(profiles: ProfileReader, corpus: Corpus) {
    this.profiles = profiles;
    this.corpus = corpus;
  }

  readonly ask: Ask = (a, b) => {
    this.asked += 1;
    const result = compare(this.profiles.at(a), this.profiles.at(b), this.corpus);
    if (result.same) this.edges.add({ a, b, rule: result.rule, score: result.score });
    else if (result.reason === "shared_doi") this.sharing.add(a).add(b);
    return result.same;
  };

  /** Takes in what another thread found. */
  addAll({ edges, sharing, asked }: Compared): void {
    this.asked += asked;
    this.edges.addAll(edges);
    for (const place of sharing) this.sharing.add(place);
  }

  found(): Compared {
    const { edges, sharing, asked } = this;
    return { edges: edges.numbers(), sharing: Int32Array.from(sharing), asked };
  }
}

/** What every thread needs to compare, beside profiles. */
export interface CompareBasis {
  readonly lessons: Lessons;
  readonly pairs: Pairs;
}

/** Compares stretches of the list of pairs. */
export function comparingStretches(profiles: ProfileReader, { lessons, pairs }: CompareBasis) {
  const corpus = corpusOf(lessons);
  return (from: number, to: number): Compared => {
    const comparing = new Comparing(profiles, corpus);
    askPairs(pairs, comparing.ask, from, to);
    return comparing.found();
  };
}

/** Compares every candidate pair in this thread. */
export function compareAll(profiles: Profiles, lessons: Lessons): Comparing {
  const comparing = new Comparing(profiles, corpusOf(lessons));
  askCandidates(profiles, comparing.ask);
  return comparing;
}
