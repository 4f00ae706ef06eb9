import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Mention } from "../../../pipeline/1-parse/mention.ts";
import { mergeFacts } from "../../../pipeline/2-dedupe/merge.ts";
import { cluster } from "../../../pipeline/2-dedupe/works/cluster.ts";
import { assignIds, type EarlierPaper, type WorkAtHand } from "../../support/ids.ts";
import {
  anyMentions,
  anyMentionsShuffled,
  facts,
  GENERIC,
  mention,
  SPEAKING,
  UNKNOWN,
} from "../../support/mentions.ts";

/** A cluster of these mentions. */
function work(mention_ids: readonly string[], known: Partial<WorkAtHand["facts"]> = {}): WorkAtHand {
  const all = facts(known);
  return { facts: all, mention_ids, titles: [all.title] };
}

/** A paper of the previous release, unknown but for what is given. */
function earlier(paper_id: string, known: Partial<EarlierPaper["facts"] & EarlierPaper> = {}): EarlierPaper {
  const { first_released_in = "1.0.0", mention_ids = [], ...rest } = known;
  return {
    paper_id,
    first_released_in,
    mention_ids,
    facts: facts({ title: "A title since changed altogether", ...rest }),
  };
}

/** Names works after a release of these papers that had merged no ids. */
const assign = <C extends WorkAtHand>(works: readonly C[], papers: readonly EarlierPaper[]) =>
  assignIds(works, { papers, merged: [] });

const idsOf = (works: readonly WorkAtHand[], papers: readonly EarlierPaper[] = []) =>
  assign(works, papers).map(({ paper_id }) => paper_id);

const onlyIdOf = (known: Partial<WorkAtHand["facts"]>, ...ids: readonly string[]) =>
  idsOf([work(ids.length > 0 ? ids : ["m_1"], known)])[0];

describe("a new work's id", () => {
  test("is an opaque name of 16 characters", () => {
    expect(onlyIdOf({})).toMatch(/^p_[0-9a-hjkmnp-tv-z]{16}$/);
  });

  test("does not depend on its mentions, abstract or address", () => {
    const known = { abstract: "words", url: "https://example.org", venue: "Stones Letters" };
    expect(onlyIdOf(known, "m_8", "m_9")).toBe(onlyIdOf({}, "m_1"));
  });

  test("comes from the arXiv identifier, else the DOI, else the title with first author and year", () => {
    const arxiv = { arxiv_id: "2401.00001" };
    expect(onlyIdOf({ ...arxiv, title: GENERIC, doi: "10.1234/one", year: 2024 })).toBe(onlyIdOf(arxiv));
    expect(onlyIdOf({ doi: "10.1234/one", title: GENERIC })).toBe(onlyIdOf({ doi: "10.1234/one" }));
    const byTitle = [{}, { year: 2024 }, { authors: ["Ada Quill"] }, { title: GENERIC }, arxiv];
    expect(new Set(byTitle.map((known) => onlyIdOf(known))).size).toBe(byTitle.length);
  });

  test("is another one for each of two works with one title", () => {
    const works = [
      work(["m_1"], { title: GENERIC, abstract: "stones in rivers" }),
      work(["m_2"], { title: GENERIC, abstract: "owls in orchards" }),
      work(["m_3"], { title: GENERIC }),
      work(["m_4"], { title: GENERIC }),
    ];
    expect(new Set(idsOf(works)).size).toBe(4);
    expect(idsOf(works)).toEqual(idsOf(works));
  });

  test("is not the id of another work of the previous release", () => {
    const old = earlier(onlyIdOf({}) ?? "", { mention_ids: ["m_gone"] });
    const [id] = idsOf([work(["m_1"])], [old]);
    expect(id).toMatch(/^p_/);
    expect(id).not.toBe(old.paper_id);
  });
});

describe("an earlier paper's id is carried over", () => {
  test.each<[string, Partial<EarlierPaper["facts"] & EarlierPaper>]>([
    ["by a mention", { mention_ids: ["m_0", "m_1"] }],
    ["by its arXiv identifier", { arxiv_id: "2401.00001" }],
    ["by its arXiv DOI", { doi: "10.48550/arXiv.2401.00001" }],
    ["by its DOI and a similar title", { doi: "10.1234/ONE", title: `${SPEAKING}, revised` }],
    ["by its title, if no other paper has it", { title: SPEAKING.toUpperCase() }],
  ])("%s", (_how, known) => {
    const next = work(["m_1"], { arxiv_id: "2401.00001v2", doi: "10.1234/one" });
    expect(assign([next], [earlier("p_old", known), earlier("p_else")])).toEqual([
      { ...next, paper_id: "p_old", first_released_in: "1.0.0", absorbed_ids: [] },
    ]);
  });

  test("by a title that only one of the work's mentions has", () => {
    const next = { ...work(["m_1"]), titles: [SPEAKING, "A working title of the winter"] };
    expect(idsOf([next], [earlier("p_old", { title: "A working title of the Winter" })])).toEqual(["p_old"]);
  });

  test("to the work that holds its mention, not to the one that has its title", () => {
    const works = [work(["m_1"], { title: "Something new about beer and bread" }), work(["m_2"])];
    const old = earlier("p_old", { mention_ids: ["m_1"], title: SPEAKING });
    expect(idsOf(works, [old])[0]).toBe("p_old");
    expect(idsOf(works, [old])[1]).not.toBe("p_old");
  });
});

describe("where an earlier paper turns out to be several works, its id", () => {
  const old = earlier("p_old", { mention_ids: ["m_1", "m_2", "m_3"] });

  test("stays with the one that holds most of its mentions, whichever comes first", () => {
    const [small, great] = [work(["m_1"], { title: "One" }), work(["m_2", "m_3"], { title: "Two" })];
    expect(idsOf([small, great], [old])[1]).toBe("p_old");
    expect(idsOf([great, small], [old])[0]).toBe("p_old");
    expect(new Set(idsOf([small, great], [old])).size).toBe(2);
  });

  test("stays with the one that holds its first mention where the parts are equal", () => {
    const parts = ["m_2", "m_1", "m_3"].map((id) => work([id], { title: `Part ${id}` }));
    expect(idsOf(parts, [old]).indexOf("p_old")).toBe(1);
  });

  test("goes to an equal part that continues no elder paper, so that both ids live on", () => {
    const [a, b] = [
      earlier("p_a", { mention_ids: ["m_1", "m_2"] }),
      earlier("p_b", { mention_ids: ["m_3", "m_4"] }),
    ];
    const works = [work(["m_1", "m_3"], { title: "One" }), work(["m_2", "m_4"], { title: "Two" })];
    expect(assign(works, [a, b]).map(({ paper_id, absorbed_ids }) => [paper_id, absorbed_ids])).toEqual([
      ["p_a", []],
      ["p_b", []],
    ]);
  });
});

describe("an earlier paper's id is not carried over", () => {
  test.each<[string, Partial<WorkAtHand["facts"]>, Partial<WorkAtHand["facts"]>]>([
    ["by a title under another arXiv identifier", { arxiv_id: "2401.00001" }, { arxiv_id: "2401.00002" }],
    [
      "by a generic title with another abstract",
      { title: GENERIC, abstract: "river stones" },
      { title: GENERIC, abstract: "orchard owls" },
    ],
    [
      "by a DOI with another title",
      { doi: "10.1234/one", title: "Bread without beer" },
      { doi: "10.1234/one" },
    ],
  ])("%s", (_how, before, now) => {
    expect(
      idsOf([work(["m_2"], now)], [earlier("p_old", { title: SPEAKING, mention_ids: ["m_1"], ...before })]),
    ).not.toContain("p_old");
  });

  test("to another work once it was merged into a paper", () => {
    const [id = ""] = idsOf([work(["m_1"])]);
    const [named] = assignIds([work(["m_2"])], { papers: [], merged: [id] });
    expect(named?.paper_id).not.toBe(id);
  });
});

describe("an ambiguous title carries nothing over", () => {
  test("where two works of this release have it", () => {
    const works = [work(["m_1"], { arxiv_id: "2401.00001" }), work(["m_2"], { arxiv_id: "2401.00002" })];
    expect(idsOf(works, [earlier("p_old", { title: SPEAKING })])).not.toContain("p_old");
  });

  test("where two papers of the previous release have it", () => {
    const papers = [earlier("p_a", { title: SPEAKING }), earlier("p_b", { title: SPEAKING })];
    const [first] = assign([work(["m_1"])], papers);
    expect(first?.absorbed_ids).toEqual([]);
    expect(["p_a", "p_b"]).not.toContain(first?.paper_id);
  });

  test("and leaves the stronger keys in force", () => {
    const papers = [
      earlier("p_a", { title: SPEAKING, arxiv_id: "2401.00001" }),
      earlier("p_b", { title: SPEAKING, arxiv_id: "2401.00002" }),
    ];
    const works = [work(["m_1"], { arxiv_id: "2401.00002" }), work(["m_2"], { arxiv_id: "2401.00001" })];
    expect(idsOf(works, papers)).toEqual(["p_b", "p_a"]);
  });
});

describe("of several earlier papers that are one work now", () => {
  const next = work(["m_1", "m_2", "m_3"]);
  const survivorOf = (...papers: readonly EarlierPaper[]) => {
    const [{ paper_id, absorbed_ids } = { paper_id: "", absorbed_ids: [] }] = assign([next], papers);
    return { paper_id, absorbed_ids };
  };

  test("the one released first survives, and the others are absorbed in the order of ids", () => {
    const young = earlier("p_b", { mention_ids: ["m_1"], first_released_in: "1.10.0" });
    const old = earlier("p_c", { mention_ids: ["m_2"], first_released_in: "1.2.0" });
    const undated = earlier("p_a", { mention_ids: ["m_3"], first_released_in: "2.0.0" });
    const merged = { paper_id: "p_c", absorbed_ids: ["p_a", "p_b"] };
    expect(survivorOf(young, old, undated)).toEqual(merged);
    expect(survivorOf(undated, old, young)).toEqual(merged);
  });

  test("the smaller id survives where they came with one release", () => {
    const papers = ["p_b", "p_a"].map((id, i) =>
      earlier(id, { mention_ids: [`m_${i + 1}`], first_released_in: "1.1.0" }),
    );
    expect(survivorOf(...papers)).toEqual({ paper_id: "p_a", absorbed_ids: ["p_b"] });
  });
});

describe("laws", () => {
  const worksOf = (mentions: readonly Mention[]) =>
    cluster(mentions).map((members) => ({
      facts: mergeFacts(members.map((member) => member.mention)),
      mention_ids: members.map((member) => member.mention.mention_id),
      titles: [...new Set(members.map((member) => member.mention.title))],
    }));
  const released = (mentions: readonly Mention[]): EarlierPaper[] =>
    assign(worksOf(mentions), []).map((paper) => ({ ...paper, first_released_in: "1.0.0" }));
  /** Each mention's paper. */
  const paperOfMention = (mentions: readonly Mention[], papers: readonly EarlierPaper[] = []) =>
    Object.fromEntries(
      assign(worksOf(mentions), papers).flatMap(({ paper_id, mention_ids }) =>
        mention_ids.map((id) => [id, paper_id]),
      ),
    );

  test("every work has its own id, also after an earlier release of some of the mentions", () => {
    fc.assert(
      fc.property(anyMentions, fc.func(fc.boolean()), (mentions, wasThere) => {
        const works = worksOf(mentions);
        const before = released(mentions.filter(({ mention_id }) => wasThere(mention_id)));
        for (const papers of [[], before]) {
          const ids = assign(works, papers).flatMap(({ paper_id, absorbed_ids }) => [
            paper_id,
            ...absorbed_ids,
          ]);
          expect(new Set(ids).size).toBe(ids.length);
        }
      }),
      { numRuns: 1000 },
    );
  });

  test("ids are the same for any order of the input", () => {
    fc.assert(
      fc.property(anyMentionsShuffled, ([mentions, shuffled]) => {
        expect(paperOfMention(shuffled)).toEqual(paperOfMention(mentions));
      }),
    );
  });

  test("a release of the same mentions keeps every id", () => {
    fc.assert(
      fc.property(anyMentions, (mentions) => {
        const papers = released(mentions);
        expect(paperOfMention(mentions, papers)).toEqual(paperOfMention(mentions));
      }),
    );
  });

  test("mentions of other papers change no id", () => {
    const others = [
      mention("m_other_1", { title: "Baking bread with stale beer and patience" }),
      mention("m_", { title: "Sourdough", arxiv_id: "1999.99999" }),
    ];
    fc.assert(
      fc.property(anyMentions, (mentions) => {
        expect(paperOfMention([...others, ...mentions])).toMatchObject(paperOfMention(mentions));
      }),
    );
  });

  test("what becomes known later changes no id", () => {
    const before = released([mention("m_1")]);
    const later = mention("m_2", { ...UNKNOWN, arxiv_id: "2401.00001", doi: "10.1234/one", year: 2024 });
    const ids = paperOfMention([mention("m_1"), later], before);
    expect(ids).toEqual({ m_1: before[0]?.paper_id, m_2: before[0]?.paper_id });
  });
});
