import { SocketAddress } from "node:net";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  isPublicAddress,
  SPECIAL_IPV4,
  SPECIAL_IPV6,
} from "../../../pipeline/3-enrich/net/public-address.ts";

/** First and last addresses as the registries' documents name them, written out: another source than prefixes. */
const NOT_PUBLIC_4: readonly (readonly [string, string])[] = [
  ["0.0.0.0", "0.255.255.255"],
  ["10.0.0.0", "10.255.255.255"],
  ["100.64.0.0", "100.127.255.255"],
  ["127.0.0.0", "127.255.255.255"],
  ["168.63.129.16", "168.63.129.16"],
  ["169.254.0.0", "169.254.255.255"],
  ["172.16.0.0", "172.31.255.255"],
  ["192.0.0.0", "192.0.0.255"],
  ["192.0.2.0", "192.0.2.255"],
  ["192.88.99.0", "192.88.99.255"],
  ["192.168.0.0", "192.168.255.255"],
  ["198.18.0.0", "198.19.255.255"],
  ["198.51.100.0", "198.51.100.255"],
  ["203.0.113.0", "203.0.113.255"],
  ["224.0.0.0", "255.255.255.255"],
];
const toNumber = (address: string) => address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
const toDotted = (value: number) => [24, 16, 8, 0].map((bits) => (value >>> bits) & 255).join(".");
const isPublic4 = (value: number) =>
  !NOT_PUBLIC_4.some(([first, last]) => value >= toNumber(first) && value <= toNumber(last));

/** IPv6 as eight groups of 16 bits; public by the text of RFC 4291 and the registries. */
function isPublic6(groups: readonly number[]): boolean {
  const [a = 0, b = 0] = groups;
  if (a < 0x2000 || a > 0x3fff) return false;
  if (a === 0x2001 && (b < 0x200 || b === 0xdb8)) return false;
  return a !== 0x2002 && !(a === 0x3fff && b < 0x1000);
}
const written = (groups: readonly number[]) => groups.map((group) => group.toString(16)).join(":");

describe("an IPv4 address", () => {
  test("is public exactly if it lies in no special network", () => {
    const edges = NOT_PUBLIC_4.flatMap(([first, last]) => [toNumber(first), toNumber(last)]);
    const near = fc.tuple(fc.constantFrom(...edges), fc.integer({ min: -1, max: 1 })).map(([a, b]) => a + b);
    const any = fc.oneof(near, fc.integer({ min: 0, max: 2 ** 32 - 1 }));
    fc.assert(
      fc.property(
        any.map((value) => (value + 2 ** 32) % 2 ** 32),
        (value) => isPublicAddress(toDotted(value)) === isPublic4(value),
      ),
      { numRuns: 2_000 },
    );
  });

  test("of well-known hosts is public", () => {
    for (const address of ["8.8.8.8", "1.1.1.1", "140.82.121.4", "172.32.0.1", "100.128.0.1", "192.0.1.1"])
      expect([address, isPublicAddress(address)]).toEqual([address, true]);
  });
});

describe("an IPv6 address", () => {
  test("is public exactly if it is global unicast in no special network", () => {
    const first = fc.oneof(
      fc.constantFrom(0, 0x64, 0x100, 0x1fff, 0x2000, 0x2001, 0x2002, 0x2003, 0x2a00, 0x3ffe, 0x3fff, 0x4000),
      fc.constantFrom(0x5f00, 0xfc00, 0xfd00, 0xfe80, 0xfec0, 0xff02),
      fc.integer({ min: 0, max: 0xffff }),
    );
    const second = fc.oneof(fc.constantFrom(0, 0x1ff, 0x200, 0xdb7, 0xdb8, 0xfff, 0x1000), fc.nat(0xffff));
    const rest = fc.array(fc.nat(0xffff), { minLength: 6, maxLength: 6 });
    fc.assert(
      fc.property(first, second, rest, (a, b, others) => {
        const groups = [a, b, ...others];
        return isPublicAddress(written(groups)) === isPublic6(groups);
      }),
      { numRuns: 2_000 },
    );
  });

  test("that holds any IPv4 address is not public, whatever the way", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), (value) => {
        const [high, low] = [(value >>> 16).toString(16), (value & 0xffff).toString(16)];
        const holders = [
          `::ffff:${toDotted(value)}`,
          `::ffff:${high}:${low}`,
          `::${toDotted(value)}`,
          `64:ff9b::${high}:${low}`,
          `64:ff9b:1::${high}:${low}`,
          `2002:${high}:${low}::1`,
          `2001:0:${high}:${low}::1`,
        ];
        return holders.every((address) => !isPublicAddress(address));
      }),
    );
  });

  test("is judged alike in every spelling", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(0xffff), { minLength: 8, maxLength: 8 }), (groups) => {
        const short = new SocketAddress({ address: written(groups), family: "ipv6" }).address;
        const verdict = isPublicAddress(written(groups));
        return isPublicAddress(short) === verdict && isPublicAddress(short.toUpperCase()) === verdict;
      }),
    );
  });

  test("of loopback, private, link-local and multicast networks and with a zone is not public", () => {
    for (const address of ["::1", "::", "fd00:ec2::254", "fe80::1", "fe80::1%eth0", "2a00::1%lo", "ff02::1"])
      expect([address, isPublicAddress(address)]).toEqual([address, false]);
    for (const address of ["2606:4700::1111", "2a00:1450:4001::65"])
      expect(isPublicAddress(address)).toBe(true);
  });
});

test("what is no address is not public", () => {
  fc.assert(fc.property(fc.stringMatching(/^[g-z.-]{0,20}$/), (text) => !isPublicAddress(text)));
  for (const text of ["", "localhost", "0x7f.1", "2130706433", "1.1.1", "08.8.8.8", "[::1]", "8.8.8.8 "])
    expect([text, isPublicAddress(text)]).toEqual([text, false]);
});

test("each special network says what it is, and begins at its own first address", () => {
  for (const [network, means] of [...Object.entries(SPECIAL_IPV4), ...Object.entries(SPECIAL_IPV6)]) {
    expect(means).toMatch(/\((?:RFC \d+|learn)/);
    expect(isPublicAddress(network.replace(/\/.*/, ""))).toBe(false);
  }
});
