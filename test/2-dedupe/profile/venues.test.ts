import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { wordsOf } from "../../../pipeline/2-dedupe/profile/text-forms.ts";
import {
  tellingWords,
  type Venue,
  venueKind,
  venueRelation,
} from "../../../pipeline/2-dedupe/profile/venues.ts";
import { anyVenue } from "../../support/mentions.ts";

const venue = (name: string | null): Venue | null =>
  name === null ? null : { kind: venueKind(wordsOf(name)), words: tellingWords(name) };
const relation = (a: string | null, b: string | null) => venueRelation(venue(a), venue(b));

describe("a venue's kind", () => {
  test.each([
    ["preprint", "arXiv preprint arXiv:2401.00001"],
    ["preprint", "CoRR"],
    ["preprint", "bioRxiv"],
    ["preprint", "SSRN Electronic Journal"],
    ["workshop", "Proceedings of the Workshop on River Stones"],
    ["conference", "Proc. of River Conf. 2024"],
    ["conference", "Symposium on Stones"],
    ["journal", "Journal of River Stones"],
    ["journal", "J. Stones"],
    ["journal", "IEEE Transactions on Rivers"],
    ["journal", "Acta Lapidaria"],
    [null, "River Stones"],
    [null, ""],
  ])("is %s: %s", (kind, name) => {
    expect(venueKind(wordsOf(name))).toBe(kind);
  });
});

test("a venue's telling words are those that not many venues have", () => {
  expect(tellingWords("Proceedings of the 3rd International Conference on River Stones")).toEqual([
    "3rd",
    "river",
    "stones",
  ]);
});

describe("two venues are", () => {
  test.each([
    ["unknown where one is not given", null, "Journal of River Stones", "unknown"],
    ["the same by the same name", "Journal of River Stones", "journal of river stones", "same"],
    ["the same by abbreviations", "J. Riv. Ston.", "Journal of River Stones", "same"],
    [
      "the same by two in three words",
      "Journal of River Stones Today",
      "Journal of River Stones Now",
      "same",
    ],
    [
      "unknown where no word is shared and only one is a journal",
      "Journal of River Stones",
      "Night Owls",
      "unknown",
    ],
    ["unknown by an acronym of two letters", "Proc. RS", "Conference on River Stones", "unknown"],
    ["unknown by a single letter", "Journal R Owls", "Journal of River Owls", "unknown"],
    ["the same by an acronym", "Proc. CRSX", "Conference on Collected River Stones X-rays", "same"],
    ["different by kind", "Journal of River Stones", "Conference on River Stones", "different"],
    ["different as workshop and conference", "Workshop on Stones", "Conference on Stones", "different"],
    ["different as preprint and journal", "arXiv", "Journal of Stones", "different"],
    ["different where no word is shared", "Journal of River Stones", "Annals of Night Owls", "different"],
    ["unknown where the shorter name is one word", "Journal of Stones", "Annals of Night Owls", "unknown"],
    [
      "unknown where only one says that it is a journal",
      "Journal of River Stones",
      "River Stones",
      "unknown",
    ],
    [
      "the same where only one says that it is a conference",
      "Conference on River Stones",
      "River Stones",
      "same",
    ],
    [
      "unknown where less than three in five words are shared",
      "Journal of River Stones",
      "Journal of River Owls",
      "unknown",
    ],
    [
      "unknown where nothing is left of a name",
      "International Conference",
      "Conference on Stones",
      "unknown",
    ],
  ])("%s", (_rule, a, b, expected) => {
    expect(relation(a, b)).toBe(expected);
    expect(relation(b, a)).toBe(expected);
  });

  test("in the same relation whichever comes first", () => {
    fc.assert(
      fc.property(anyVenue, anyVenue, (a, b) => {
        expect(relation(a, b)).toBe(relation(b, a));
      }),
      { numRuns: 1000 },
    );
  });

  test("never different from themselves", () => {
    fc.assert(
      fc.property(anyVenue, (name) => {
        expect(relation(name, name)).not.toBe("different");
      }),
    );
  });
});
