import { closeSync, openSync, writeFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addressOf, type Entry, EntryReader, EntryWriter } from "../../../pipeline/2-dedupe/store/entries.ts";
import { ownFolder } from "../../support/folder.ts";

const inFolder = ownFolder();

/** Writes entries in blocks, and reads all of them from memory or, with a file, from there. */
function readAgain(blocks: readonly (readonly Entry[])[], isInFile: boolean): Entry[] {
  const writer = new EntryWriter();
  const written = blocks.map((entries) => {
    for (const { text, numbers } of entries) writer.push(text, numbers);
    return writer.take();
  });
  const addresses = written.flatMap(({ starts }, block) =>
    [...starts].map((start) => addressOf(block, start)),
  );
  const path = inFolder("blocks");
  writeFileSync(path, Buffer.concat(written.map(({ block }) => Buffer.from(block))));
  let position = 0;
  const positions = written.map(({ block }) => {
    const at = position;
    position += block.byteLength;
    return at;
  });
  const file = openSync(path, "r");
  try {
    const reader = new EntryReader(isInFile ? positions : written.map(({ block }) => block), file);
    for (const address of addresses) expect(reader.textAt(address)).toBe(reader.at(address).text);
    return addresses.map((address) => reader.at(address));
  } finally {
    closeSync(file);
  }
}

const anyEntry: fc.Arbitrary<Entry> = fc.record({
  text: fc.oneof(
    fc.string({ unit: "grapheme", maxLength: 20 }),
    fc.constantFrom("", "x".repeat(1_016), "x".repeat(1_018), "石".repeat(700), "long ".repeat(3_000)),
  ),
  numbers: fc.option(fc.uint16Array({ minLength: 1, maxLength: 600, size: "max" }), { nil: null }),
});

describe.each([
  ["in memory", false],
  ["in a file", true],
])("entries %s", (_where, isInFile) => {
  test("are the same again, however long their texts and lists are", () => {
    fc.assert(
      fc.property(fc.array(fc.array(anyEntry, { maxLength: 6 }), { maxLength: 4 }), (blocks) => {
        expect(readAgain(blocks, isInFile)).toEqual(blocks.flat());
      }),
      { numRuns: 60 },
    );
  });

  test("have every size from nothing to more than one reading brings", () => {
    const block = Array.from({ length: 1_100 }, (_, at) => ({
      text: "x".repeat(at),
      numbers: at % 3 === 0 ? null : Uint16Array.from({ length: at % 7 || 1 }, (_, i) => i + at),
    }));
    expect(readAgain([block], isInFile)).toEqual(block);
  });

  test("are found in a block that grew past its first room", () => {
    const block = Array.from({ length: 40 }, (_, at) => ({ text: `${at} `.repeat(30_000), numbers: null }));
    expect(readAgain([block], isInFile)).toEqual(block);
  });
});

test("an empty list of numbers is none", () => {
  expect(readAgain([[{ text: "stone", numbers: new Uint16Array() }]], false)).toEqual([
    { text: "stone", numbers: null },
  ]);
});

test("an address in no block is an error, not an empty entry", () => {
  expect(() => new EntryReader([], -1).at(addressOf(3, 0))).toThrow(RangeError);
});
