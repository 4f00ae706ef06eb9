import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { profileOf } from "../../../pipeline/2-dedupe/profile/profile.ts";
import { BatchWriter, KEYS } from "../../../pipeline/2-dedupe/store/batch.ts";
import { pack, titleOf, unpack } from "../../../pipeline/2-dedupe/store/pack.ts";
import { type ProfileReader, ProfileStore, readProfiles } from "../../../pipeline/2-dedupe/store/profiles.ts";
import { ownFolder } from "../../support/folder.ts";
import { anyMentions, anyMentionsShuffled, anyRecords, mention } from "../../support/mentions.ts";

const inFolder = ownFolder();
type Mentions = readonly Parameters<typeof profileOf>[0][];

/** Packs mentions in batches of so many; so many bytes of them stay in memory. */
const stored = (mentions: Mentions, size: number, keep = Number.POSITIVE_INFINITY) => {
  const batch = new BatchWriter();
  const store = new ProfileStore({ path: inFolder("profiles"), keep });
  for (let from = 0; from < mentions.length; from += size) {
    for (const one of mentions.slice(from, from + size)) batch.add(profileOf(one));
    store.add(batch.take());
  }
  return store.finish();
};
const packed = (mentions: Mentions) => stored(mentions, 1_000).profiles;

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
          expect(one.idAt(at)).toBe(all[at]?.mention_id);
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

  test("are of one kind exactly where all that is compared is one, the capture included", () => {
    fc.assert(
      fc.property(fc.oneof(anyMentions, anyRecords), (all) => {
        const profiles = packed(all);
        const compared = all.map((one) => JSON.stringify({ ...profileOf(one), mention_id: "" }));
        for (let a = 0; a < all.length; a += 1)
          for (let b = 0; b < a; b += 1)
            expect(profiles.kindAt(a) === profiles.kindAt(b)).toBe(compared[a] === compared[b]);
      }),
    );
  });

  test("say how many mentions each capture has", () => {
    const [a, b] = ["a".repeat(64), "b".repeat(64)];
    const sources = [a, b, b, a, a];
    const all = sources.map((source_sha256, at) => mention(`m_${at}`, { source_sha256 }));
    const { profiles } = stored(all, 2);
    expect(profiles.listed).toEqual(
      new Map([
        [a, 3],
        [b, 2],
      ]),
    );
    expect(sources.map((_, at) => profiles.at(at).source)).toEqual(sources);
  });
});

/** All that a reader gives. */
const readAll = (reader: ProfileReader) =>
  Array.from({ length: reader.length }, (_, at) => ({
    profile: reader.at(at),
    id: reader.idAt(at),
    title: reader.titleAt(at),
    kind: reader.kindAt(at),
  }));

describe("profiles that stand in a file", () => {
  test("are those in memory, however many of them stay there", () => {
    const abstract = Array.from({ length: 400 }, (_, at) => `word${at}`).join(" ");
    const large = mention("m_x", { abstract, title: abstract });
    const anyAll = fc.oneof(anyMentions, anyRecords).map((all) => [...all, large]);
    fc.assert(
      fc.property(anyAll, fc.integer({ min: 1, max: 5 }), fc.constantFrom(0, 1_000), (all, size, keep) => {
        const inMemory = stored(all, size);
        const inFile = stored(all, size, keep);
        const others = readProfiles(inFile.profiles.shared);
        if (keep === 0) expect(inFile.profiles.shared.file).toBe(inFolder("profiles"));
        expect(inMemory.profiles.shared.file).toBeNull();
        expect(readAll(inFile.profiles)).toEqual(readAll(inMemory.profiles));
        expect(readAll(others)).toEqual(readAll(inMemory.profiles));
        expect(inFile.order).toEqual(inMemory.order);
        expect(inFile.profiles.listed).toEqual(inMemory.profiles.listed);
        for (const key of KEYS) expect(inFile.profiles.keys(key)).toEqual(inMemory.profiles.keys(key));
        inFile.profiles.close();
        others.close();
      }),
      { numRuns: 60 },
    );
  });
});

test("a profile is read again once another one has taken its room", () => {
  const all = Array.from({ length: 3_000 }, (_, at) =>
    mention(`m_${String(at).padStart(4, "0")}`, { year: at }),
  );
  const profiles = packed(all);
  for (const at of [5, 5 + 1_024, 5 + 2_048, 5]) expect(profiles.at(at).year).toBe(at);
});
