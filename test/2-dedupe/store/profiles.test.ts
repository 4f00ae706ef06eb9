import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { profileOf } from "../../../pipeline/2-dedupe/profile.ts";
import { BatchWriter } from "../../../pipeline/2-dedupe/store/batch.ts";
import { pack, titleOf, unpack } from "../../../pipeline/2-dedupe/store/pack.ts";
import { ProfileStore } from "../../../pipeline/2-dedupe/store/profiles.ts";
import { anyMentions, anyMentionsShuffled, mention } from "../../support/mentions.ts";

const packed = (mentions: Parameters<typeof profileOf>[0][]) => {
  const batch = new BatchWriter();
  for (const one of mentions) batch.add(profileOf(one));
  const store = new ProfileStore();
  store.add(batch.take());
  return store.finish().profiles;
};

describe("a packed profile", () => {
  test("is the same again, for any text", () => {
    const text = fc.string({ unit: "grapheme", maxLength: 30 });
    const field = fc.option(text, { nil: null });
    const facts = fc.record({
      title: text,
      authors: fc.option(fc.array(text, { maxLength: 4 }), { nil: null }),
      venue: field,
      volume: field,
      pages: field,
      year: fc.option(fc.nat(2100), { nil: null }),
      doi: fc.constantFrom(null, "10.1234/One.v2", "10.48550/arXiv.2401.00001"),
    });
    fc.assert(
      fc.property(facts, (known) => {
        const profile = profileOf(mention("m_1", known));
        expect(unpack(pack(profile), profile)).toEqual(profile);
        expect(titleOf(pack(profile))).toEqual(profile.title);
      }),
    );
  });
});

describe("profiles", () => {
  test("are in the order of ids, whatever order they came in", () => {
    fc.assert(
      fc.property(anyMentionsShuffled, ([all, shuffled]) => {
        const [one, other] = [packed(all), packed(shuffled)];
        for (let at = 0; at < all.length; at += 1) {
          expect(one.at(at)).toEqual(other.at(at));
          expect(one.kindAt(at)).toBe(other.kindAt(at));
          expect(one.at(at).mention_id).toBe(all[at]?.mention_id);
        }
      }),
    );
  });

  test("have one number under a key where they have one text", () => {
    fc.assert(
      fc.property(anyMentions, (all) => {
        const profiles = packed(all);
        for (const key of ["arxiv", "doi"] as const) {
          const numbers = profiles.keys(key);
          for (let a = 0; a < all.length; a += 1) {
            expect(numbers[a] === 0).toBe(profiles.at(a)[key] === null);
            for (let b = 0; b < a; b += 1)
              expect(numbers[a] === numbers[b]).toBe(profiles.at(a)[key] === profiles.at(b)[key]);
          }
        }
      }),
    );
  });

  test("are found again behind more than one block of texts and of abstracts", () => {
    const long = "long ".repeat(2_000);
    const mentions = Array.from({ length: 1_000 }, (_, at) =>
      mention(`m_${String(at).padStart(4, "0")}`, { doi: `10.1234/${at}-${long}`, abstract: long + at }),
    );
    const profiles = packed(mentions);
    expect(profiles.at(999).doi?.startsWith("10.1234/999-")).toBe(true);
    expect(profiles.at(0).doi?.startsWith("10.1234/0-")).toBe(true);
  });
});
