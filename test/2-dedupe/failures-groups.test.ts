import { describe, expect, test } from "vitest";
import type { Mention } from "../../pipeline/1-parse/mention.ts";
import { mergeFacts } from "../../pipeline/2-dedupe/merge.ts";
import { cluster } from "../../pipeline/2-dedupe/works/cluster.ts";
import { areApart, areOne, groups } from "../support/groups.ts";
import { assignIds } from "../support/ids.ts";
import { mention, SPEAKING } from "../support/mentions.ts";

/** Failures of other tools that show in groups only, not in pairs. */

type Known = Partial<Mention>;
const ADA = ["Ada Quill"];
const TWO = ["Ada Quill", "Jan Reed"];
const A = "a".repeat(64);
const B = "b".repeat(64);

describe("too much tied together", () => {
  test("a mention without an identifier does not tie two identifiers", () => {
    expect(groups({ arxiv_id: "2401.00001" }, {}, { arxiv_id: "2401.00002" })).toEqual([[0, 1], [2]]);
  });

  test("a mention with no authors does not tie two works of one title by other people", () => {
    expect(
      groups({ authors: ADA }, {}, { authors: ["Jan Reed"] }, { authors: ["Quill, A."] }).length,
    ).toBeGreaterThan(1);
    for (const members of groups({ authors: ADA }, {}, { authors: ["Jan Reed"] }))
      expect(members).not.toEqual(expect.arrayContaining([0, 2]));
  });

  test("a title without a number does not tie its parts", () => {
    const same = { authors: TWO, year: 2020 };
    const title = "Smoothing stones in rivers";
    areApart(
      { ...same, title: `${title}, part 1` },
      { ...same, title },
      { ...same, title: `${title}, part 2` },
    );
  });

  const words = "one two three four five six seven eight nine ten".split(" ");
  const changed = (count: number, by: string) =>
    words.map((word, i) => (i < count ? `${by}${word}` : word)).join(" ");

  test("a chain of titles that change word by word ends where abstracts differ", () => {
    const chain = words.map((_, at) => ({
      title: changed(at, "new"),
      abstract: changed(at, "other"),
      authors: TWO,
      year: 2020,
    }));
    for (const members of groups(...chain)) expect(members.at(-1)).toBeLessThanOrEqual((members[0] ?? 0) + 6);
  });

  test("a chain of titles that change word by word has no ends without a common word", () => {
    const chain = [...words, ""].map((_, at) => ({ title: changed(at, "new"), authors: TWO, year: 2020 }));
    for (const members of groups(...chain))
      expect(members).not.toEqual(expect.arrayContaining([0, words.length]));
  });

  test("two identifiers do not meet in one work behind a hundred different mentions", () => {
    const crowd = Array.from({ length: 150 }, (_, i) => ({ number: String(i) }));
    const found = groups(...crowd, { arxiv_id: "2401.00001" }, { arxiv_id: "2401.00002" });
    for (const members of found) expect(members).not.toEqual(expect.arrayContaining([150, 151]));
  });

  test("two works that each have found their title are not tied by a title in other words", () => {
    const same = { authors: TWO, year: 2020 };
    const [x, y] = ["Counting river stones with drones", "Counting river stones with ease"];
    expect(groups({ ...same, title: x }, { ...same, title: y })).toEqual([[0, 1]]);
    expect(groups(...[x, x, y, y].map((title) => ({ ...same, title })))).toEqual([
      [0, 1],
      [2, 3],
    ]);
  });

  test("a wrong DOI does not tie two groups that people or abstracts keep apart", () => {
    const owls = {
      title: "Counting river owls with patient drones",
      authors: ["Mei Lark"],
      doi: "10.1234/owls",
    };
    const stones = { authors: TWO, doi: "10.1234/stones" };
    const found = groups(stones, { ...stones, authors: ["J. Reed"] }, owls, {
      ...owls,
      doi: "10.1234/stones",
    });
    for (const members of found) expect(members).not.toEqual(expect.arrayContaining([0, 2]));
  });
});

describe("the size of a work", () => {
  test("has no cap that an alarm would wait behind: three hundred equal mentions are one work of three hundred", () => {
    areOne(...Array.from({ length: 300 }, () => ({})));
  });
});

describe("too little tied together", () => {
  test("equal titles of two captures are one work with nothing else known", () => {
    areOne({ source_sha256: A }, { source_sha256: B });
  });

  test("one work in four ways of writing is one work, not pairs of it", () => {
    const title = "Counting river stones with patient drones in spring";
    areOne(
      { title, authors: TWO, year: 2020 },
      { title: title.toUpperCase(), authors: ["Quill, A.", "Reed, J."], year: 2020 },
      { title: title.replace("stones", "stnoes"), authors: TWO, year: 2020 },
      { title: `${title}.`, authors: ["Quill A", "Reed J"] },
    );
  });

  test("another work of the same title does not part the first one", () => {
    expect(
      groups(
        { authors: TWO, year: 2020 },
        { authors: TWO, year: 2020 },
        { authors: ["Mei Lark"], year: 2020 },
      ),
    ).toEqual([[0, 1], [2]]);
  });

  test("another work of the same long title does not part the first one by one author", () => {
    expect(groups({ authors: ADA }, { authors: ADA }, { authors: ["Mei Lark"] })).toEqual([[0, 1], [2]]);
  });

  test("preprint, conference and journal form of one long title by the same people are one work", () => {
    const same = { authors: TWO };
    areOne(
      { ...same, venue: "arXiv", year: 2019 },
      { ...same, venue: "CoRR", year: 2020 },
      { ...same, year: 2021 },
    );
  });
});

describe("the ids of works", () => {
  const known: readonly Known[] = [
    { arxiv_id: "2401.00001" },
    { doi: "10.1234/one", title: "Hearing owls at night in old orchards" },
    { title: "Baking bread with stale beer and patience", authors: ADA, year: 2020 },
    { title: "River notes", authors: ADA, year: 2020 },
    {},
  ];
  const all = known.map((facts, at) => mention(`m_${at}`, facts));
  const named = (mentions: readonly Mention[]) => {
    const works = cluster(mentions).map((members) => {
      const own = members.map((member) => member.mention);
      return {
        facts: mergeFacts(own),
        mention_ids: own.map(({ mention_id }) => mention_id),
        titles: own.map(({ title }) => title),
      };
    });
    return assignIds(works, { papers: [], merged: [] }).map(({ paper_id }) => paper_id);
  };

  test("are the same for the same mentions in any order and at any time", () => {
    expect(named(all)).toHaveLength(4);
    expect(named(all.toReversed())).toEqual(named(all));
    expect(named(all)).toEqual(named(all));
  });

  test("are the same when another work is added", () => {
    const more = [mention("m_00", { title: "Sailing small boats on quiet lakes" }), ...all];
    expect(named(more)).toEqual(expect.arrayContaining(named(all)));
  });

  test("come from what a work is, not from the ids of its mentions", () => {
    const renamed = all.map((one, at) => ({ ...one, mention_id: `x_${at}` }));
    expect(named(renamed)).toEqual(named(all));
  });

  test("are the same when a work is found once more", () => {
    const again = mention("m_9", { title: SPEAKING.toUpperCase(), arxiv_id: "2401.00001v2" });
    expect(named([...all, again]).sort()).toEqual(named(all).sort());
  });
});
