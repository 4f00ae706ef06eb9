import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type EarlierPaper,
  elder,
  firstChoice,
  furtherChoices,
  LostPapers,
} from "../../../pipeline/2-dedupe/names/ids.ts";
import { nameWorks } from "../../../pipeline/2-dedupe/names/names.ts";
import { compareText } from "../../../pipeline/core/text.ts";
import { facts } from "../../support/mentions.ts";

const FACTS = Array.from({ length: 4 }, (_, at) => facts({ title: `Counting river stones on day ${at}` }));
const factsOf = (kind: number) => FACTS[kind] ?? facts();
const choiceOf = (kind: number) => firstChoice(factsOf(kind));
const firstMentionOf = (work: number) => `m_${String(work).padStart(3, "0")}`;

/** Names works that are each of a kind; works of one kind would like to have one id. */
function named(
  kinds: readonly number[],
  {
    papers = [],
    heirs = [],
    merged = [],
  }: {
    readonly papers?: readonly EarlierPaper[];
    readonly heirs?: readonly number[];
    readonly merged?: readonly string[];
  } = {},
) {
  const read: number[] = [];
  // places of works are not their numbers
  const firsts = Int32Array.from(kinds, (_, at) => 3 * at);
  const { firsts: order, nameOf } = nameWorks(
    {
      firsts,
      choiceOf: (first) => choiceOf(kinds[first / 3] ?? 0),
      read(first) {
        read.push(first / 3);
        const known = factsOf(kinds[first / 3] ?? 0);
        return { work: { facts: known, titles: [known.title] }, firstMention: firstMentionOf(first / 3) };
      },
    },
    {
      papers,
      merged,
      heirs: { first: Int32Array.from(heirs, (heir) => (heir === -1 ? -1 : 3 * heir)), parts: new Map() },
      lost: new LostPapers(new Map()),
    },
  );
  return {
    ids: kinds.map((_, at) => nameOf(3 * at).paper_id),
    names: kinds.map((_, at) => nameOf(3 * at)),
    order: [...order].map((first) => first / 3),
    read,
  };
}
const paper = (paper_id: string, first_released_in = "1.0.0"): EarlierPaper => ({
  paper_id,
  first_released_in,
});

/** The choices of a work, the first ones first. */
function choicesOf(kind: number, work: number): string[] {
  const further = furtherChoices(factsOf(kind), firstMentionOf(work));
  return [choiceOf(kind), ...further.take(4)];
}

describe("works that would like to have one id", () => {
  test("are told apart: the one whose first mention comes first has it", () => {
    const { ids } = named([0, 1, 0, 0]);
    expect(ids).toEqual([choiceOf(0), choiceOf(1), choicesOf(0, 2)[1], choicesOf(0, 3)[2]]);
  });

  test("are looked at, and no others are", () => {
    expect(named([0, 1, 0, 2, 0]).read).toEqual([2, 4]);
    expect(named([0, 1, 2]).read).toEqual([]);
  });

  test("have none of them an id that an earlier paper has or had", () => {
    for (const earlier of [{ papers: [paper(choiceOf(0))], heirs: [-1] }, { merged: [choiceOf(0)] }]) {
      const { ids } = named([0, 0], earlier);
      expect(ids).toEqual([choicesOf(0, 0)[1], choicesOf(0, 1)[2]]);
    }
  });

  test("pass over further choices that are taken too", () => {
    const merged = choicesOf(0, 0).slice(0, 3);
    expect(named([0], { merged }).ids).toEqual([choicesOf(0, 0)[3]]);
  });

  test("leave it to the next one where the first goes by an earlier paper's name", () => {
    const { ids } = named([0, 0], { papers: [paper("p_old")], heirs: [0] });
    expect(ids).toEqual(["p_old", choiceOf(0)]);
  });
});

describe("earlier papers that go on in one work", () => {
  test("leave it the name of the one released first, and are absorbed in the order of ids", () => {
    const papers = [
      paper("p_c", "1.2.0"),
      paper("p_b", "1.10.0"),
      paper("p_a", "1.11.0"),
      paper("p_z", "1.3.0"),
    ];
    const { names } = named([0, 1], { papers, heirs: [1, 1, 1, 0] });
    expect(names).toEqual([
      { ...paper("p_z", "1.3.0"), absorbed_ids: [] },
      { ...paper("p_c", "1.2.0"), absorbed_ids: ["p_a", "p_b"] },
    ]);
  });
});

describe("laws", () => {
  /** Works, earlier papers with the works in which they go on, and ids that were merged. */
  const anyCase = fc.array(fc.nat(3), { maxLength: 12 }).chain((kinds) => {
    const anyId = fc.oneof(
      fc.nat(3).map(choiceOf),
      fc.nat(9).map((at) => `p_old${at}`),
    );
    const anyPaper = fc.record({
      paper_id: anyId,
      first_released_in: fc.constantFrom("1.0.0", "1.2.0", "1.10.0"),
      heir: fc.integer({ min: -1, max: kinds.length - 1 }),
    });
    return fc.record({
      kinds: fc.constant(kinds),
      papers: fc.uniqueArray(anyPaper, { selector: ({ paper_id }) => paper_id, maxLength: 8 }),
      merged: fc.array(fc.nat(3).map(choiceOf), { maxLength: 2 }),
    });
  });
  const namedIn = ({ kinds, papers, merged }: typeof anyCase extends fc.Arbitrary<infer T> ? T : never) =>
    named(kinds, {
      papers: papers.map(({ paper_id, first_released_in }) => paper(paper_id, first_released_in)),
      heirs: papers.map(({ heir }) => heir),
      // what was merged is no paper any more
      merged: merged.filter((id) => papers.every(({ paper_id }) => paper_id !== id)),
    });

  test("every id stands for one work, and no new one for an earlier paper", () => {
    fc.assert(
      fc.property(anyCase, (one) => {
        const { names } = namedIn(one);
        const ids = names.flatMap(({ paper_id, absorbed_ids }) => [paper_id, ...absorbed_ids]);
        expect(new Set(ids).size).toBe(ids.length);
        const earlier = new Set([...one.papers.map(({ paper_id }) => paper_id)]);
        for (const { paper_id, first_released_in } of names)
          expect(earlier.has(paper_id)).toBe(first_released_in !== null);
        for (const { paper_id, first_released_in } of names)
          if (first_released_in === null) expect(one.merged).not.toContain(paper_id);
      }),
      { numRuns: 500 },
    );
  });

  test("a work in which earlier papers go on has the eldest's name, and every other one of its choices", () => {
    fc.assert(
      fc.property(anyCase, (one) => {
        const { names } = namedIn(one);
        for (const [at, { paper_id }] of names.entries()) {
          const [eldest] = one.papers.filter(({ heir }) => heir === at).sort(elder);
          if (eldest !== undefined) expect(paper_id).toBe(eldest.paper_id);
          else expect(choicesOf(one.kinds[at] ?? 0, at)).toContain(paper_id);
        }
      }),
      { numRuns: 500 },
    );
  });

  test("works come in the order of their ids, each once", () => {
    fc.assert(
      fc.property(anyCase, (one) => {
        const { ids, order } = namedIn(one);
        expect(order.map((at) => ids[at])).toEqual(ids.toSorted(compareText));
        expect(order.toSorted((a, b) => a - b)).toEqual([...one.kinds.keys()]);
      }),
      { numRuns: 500 },
    );
  });
});
