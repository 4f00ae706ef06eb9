import { describe, expect, test } from "vitest";
import type { Mention } from "../../../pipeline/1-parse/mention.ts";
import { compareAll } from "../../../pipeline/2-dedupe/compare/compare-pairs.ts";
import { readEarlier } from "../../../pipeline/2-dedupe/names/earlier.ts";
import { arxivKey } from "../../../pipeline/2-dedupe/names/keys.ts";
import { profileOf } from "../../../pipeline/2-dedupe/profile/profile.ts";
import { packed } from "../../../pipeline/2-dedupe/store/profiles.ts";
import { joinWorks, lessonsOf } from "../../../pipeline/2-dedupe/works/works.ts";
import { mention, SPEAKING } from "../../support/mentions.ts";
import { releaseOf } from "../../support/releases.ts";
import { bareRowOf, idOf } from "../../support/rows.ts";

const OWLS = "Listening for owls in orchards after midnight";
const [A, B, C] = [idOf("p", 1), idOf("p", 2), idOf("p", 3)];
const paper = (paper_id: string, known: Partial<Mention> = {}) =>
  bareRowOf("papers", { paper_id, title: OWLS, first_released_in: "1.0.0", ...known });
const listed = (paper_id: string, mention_id: string) => bareRowOf("mentions", { paper_id, mention_id });

/** What a release knows of works of these mentions, which are in the order of their ids. */
function earlierOf(release: Parameters<typeof releaseOf>[0], ...mentions: readonly Mention[]) {
  const profiles = packed(mentions.map(profileOf));
  const lessons = lessonsOf(profiles);
  const { works } = joinWorks(profiles, lessons, compareAll(profiles, lessons), []);
  return readEarlier(releaseOf(release), profiles, works);
}

describe("of an earlier release", () => {
  test("every paper goes on in the work of its first mention that is still here", async () => {
    const release = {
      papers: [paper(A), paper(B), paper(C)],
      mentions: [listed(A, "m_2"), listed(A, "m_9"), listed(B, "m_4"), listed(B, "m_3"), listed(C, "m_gone")],
    };
    const mentions = ["m_1", "m_2", "m_3", "m_4"].map((id, at) =>
      mention(id, { title: [SPEAKING, SPEAKING, OWLS, "Baking bread with stale beer"][at] ?? "" }),
    );
    const { papers, heirs } = await earlierOf(release, ...mentions);
    expect(papers.map(({ paper_id }) => paper_id)).toEqual([A, B, C]);
    expect([...heirs.first]).toEqual([0, 2, -1]);
  });

  test("a paper that turns out to be several is told with the parts of its mentions, the first one first", async () => {
    const release = {
      papers: [paper(A), paper(B)],
      mentions: [listed(A, "m_1"), ...["m_2", "m_3", "m_4"].map((id) => listed(B, id))],
    };
    const mentions = ["m_1", "m_2", "m_3", "m_4"].map((id, at) =>
      mention(id, { title: at < 2 ? SPEAKING : OWLS }),
    );
    const { heirs } = await earlierOf(release, ...mentions);
    const parts = new Map([
      [0, 1],
      [2, 2],
    ]);
    expect(heirs).toEqual({ first: Int32Array.of(0, 0), parts: new Map([[1, parts]]) });
  });

  test("what a lost paper shares with no other one is what it is looked for by", async () => {
    const release = {
      papers: [
        paper(A, { arxiv_id: "2401.00001" }),
        paper(B, { arxiv_id: "2401.00002" }),
        paper(C, { title: SPEAKING }),
      ],
      mentions: [listed(A, "m_gone"), listed(B, "m_1"), listed(C, "m_2")],
    };
    const { lost } = await earlierOf(release, mention("m_1"), mention("m_2"));
    // the title is that of another earlier paper too, though that one is not lost
    expect([...lost.keys()]).toEqual([arxivKey("2401.00001")]);
  });

  test("nothing is looked for where every paper has a mention here", async () => {
    const { lost } = await earlierOf({ papers: [paper(A)], mentions: [listed(A, "m_1")] }, mention("m_1"));
    expect(lost.keys().size).toBe(0);
  });

  test("ids are kept that were merged into others, and not those that were taken away", async () => {
    const retired = (retired_id: string, reason: "merged" | "removed") =>
      bareRowOf("retired_ids", { retired_id, reason });
    const { merged } = await earlierOf({ retired_ids: [retired(A, "merged"), retired(B, "removed")] });
    expect(merged).toEqual([A]);
  });
});
