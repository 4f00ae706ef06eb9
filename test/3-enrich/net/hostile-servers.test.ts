import { buffer } from "node:stream/consumers";
import {
  brotliCompressSync,
  constants,
  createZstdCompress,
  deflateSync,
  gzipSync,
  zstdCompressSync,
} from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type OpenNetwork, openNetwork, openWeb } from "../../../pipeline/3-enrich/http.ts";
import { type Loopback, loopback } from "../../support/loopback.ts";

/** Servers that mean harm or are broken: each ends in a plain failure, in time, with bounded memory. */

const DEADLINE_MS = 400;
/** For what must end for another reason, however loaded the machine is. */
const LONG_MS = 10_000;
let servers: Loopback;
let hasty: OpenNetwork;
let network: OpenNetwork;
beforeEach(() => {
  servers = loopback();
  hasty = openNetwork(new Map(), DEADLINE_MS);
  network = openNetwork(new Map(), LONG_MS);
});
afterEach(async () => {
  await Promise.all([hasty.close(), network.close()]);
  servers.close();
});
const get = (url: string) => ({ method: "GET", url, headers: {} }) as const;

const failureAt = (url: string, by = network): Promise<string> =>
  by.request(get(url)).then(
    ({ status }) => `answered ${status}`,
    (error) => error.kind,
  );

/** What ends a request that has little time. */
async function lateAt(url: string): Promise<string> {
  const started = performance.now();
  const kind = await failureAt(url, hasty);
  // a loaded machine may be late; a time-out that starts anew with each byte would never come
  expect(performance.now() - started).toBeLessThan(DEADLINE_MS + 2_000);
  return kind;
}

describe("the deadline holds", () => {
  const drips: readonly (readonly [string, string, string])[] = [
    ["headers that never end", "HTTP/1.1 200 OK\r\n", "x-more: 1\r\n"],
    ["a header line that never ends", "HTTP/1.1 200 OK\r\nx-long: ", "a"],
    ["a body that drips", "HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n", "a"],
    ["chunks that drip", "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n", "1\r\na\r\n"],
    ["interim answers without end", "", "HTTP/1.1 102 Processing\r\n\r\n"],
    ["nothing at all", "", ""],
  ];
  test.each(drips)("against %s", async (_what, start, drop) => {
    const origin = await servers.serveRaw((socket) => {
      socket.write(start);
      const timer = setInterval(() => socket.write(drop), 20);
      socket.on("close", () => clearInterval(timer));
    });
    expect(await lateAt(origin)).toBe("deadline");
  });

  test("and the connection is ended with it", async () => {
    const ended = Promise.withResolvers<void>();
    const origin = await servers.serveRaw((socket) => {
      socket.resume().write("HTTP/1.1 200 OK\r\n\r\n");
      socket.on("close", () => ended.resolve());
    });
    expect(await lateAt(origin)).toBe("deadline");
    await ended.promise;
  });
});

const PACKERS = {
  gzip: gzipSync,
  deflate: deflateSync,
  br: brotliCompressSync,
  zstd: zstdCompressSync,
} as const;
const encodings = Object.keys(PACKERS) as (keyof typeof PACKERS)[];
/** 64 MB in a few kB; packed before any test waits for it. */
const BOMBS = Object.fromEntries(encodings.map((name) => [name, PACKERS[name](Buffer.alloc(64 << 20, "x"))]));
const served = (encoding: string, body: Uint8Array) =>
  servers.serve((_request, response) => {
    response.writeHead(200, { "content-encoding": encoding }).end(body);
  });

describe("too much is refused", () => {
  test.each(encodings)("of %s that unpacks to more than may be", async (encoding) => {
    const bomb = BOMBS[encoding] ?? Buffer.alloc(0);
    expect(bomb.length).toBeLessThan(1 << 20);
    const before = process.memoryUsage().rss;
    expect(await failureAt(await served(encoding, bomb))).toBe("too_large");
    expect(process.memoryUsage().rss - before).toBeLessThan(48 << 20);
  });

  test.each(encodings)("and what unpacks to less is read as it was packed (%s)", async (encoding) => {
    const origin = await served(encoding.toUpperCase(), PACKERS[encoding](Buffer.from("Größe")));
    expect((await network.request(get(origin))).body).toBe("Größe");
  });

  test("of gzip within gzip, and of packings that nobody asked for", async () => {
    for (const encoding of ["gzip, gzip", "compress", "x"])
      expect(await failureAt(await served(encoding, gzipSync("x")))).toBe("unreadable");
  });

  test("of memory that a packing asks for: a window of more than 8 MB", async () => {
    const packer = createZstdCompress({ params: { [constants.ZSTD_c_windowLog]: 26 } });
    packer.write("begun before its size is known");
    packer.flush(() => packer.end());
    expect(await failureAt(await served("zstd", await buffer(packer)))).toBe("unreadable");
  });

  test("of headers", async () => {
    const origin = await servers.serveRaw((socket) => {
      socket.write(`HTTP/1.1 200 OK\r\nx-big: ${"a".repeat(1 << 20)}\r\n\r\n`);
    });
    expect(await failureAt(origin)).toBe("too_large");
  });

  test("of a body without end", async () => {
    const origin = await servers.serve((_request, response) => {
      const write = () => {
        while (!response.destroyed && response.write(Buffer.alloc(1 << 16)));
      };
      response.on("drain", write);
      write();
    });
    expect(await failureAt(origin)).toBe("too_large");
  });

  test("and a body that is not wanted is not waited for: its connection ends", async () => {
    const ended = Promise.withResolvers<void>();
    const origin = await servers.serveRaw((socket) => {
      socket.resume().write("HTTP/1.1 404 Not Found\r\n\r\nand so on");
      socket.on("close", () => ended.resolve());
    });
    expect((await network.request({ ...get(origin), bodyBytes: 0 })).status).toBe(404);
    await ended.promise;
  });

  test("but of a body of which only the start is wanted, that much is read", async () => {
    const origin = await servers.serve((_request, response) => {
      response.writeHead(200, { "content-encoding": "gzip" }).end(BOMBS["gzip"]);
    });
    const start = await network.request({ ...get(origin), bodyBytes: 1_000 });
    expect([start.status, start.body]).toEqual([200, "x".repeat(1_000)]);
    const none = await network.request({ ...get(origin), bodyBytes: 0 });
    expect([none.status, none.body]).toEqual([200, ""]);
  });
});

describe("broken answers are failures", () => {
  const broken: readonly (readonly [string, string, string])[] = [
    ["that are no HTTP", "SSH-2.0-OpenSSH_9.9\r\n", "unreadable"],
    ["with two lengths", "HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab", "unreadable"],
    [
      "with a length and chunks",
      "HTTP/1.1 200 OK\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
      "unreadable",
    ],
    ["with a chunk of no size", "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n", "unreadable"],
    ["cut off in the headers", "HTTP/1.1 200 OK\r\nx: ", "unreachable"],
    ["cut off in the body", "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nab", "unreachable"],
    ["closed before a word", "", "unreachable"],
  ];
  test.each(broken)("%s", async (_what, words, kind) => {
    const origin = await servers.serveRaw((socket) => socket.end(words));
    expect(await failureAt(origin)).toBe(kind);
  });

  test("reset", async () => {
    const origin = await servers.serveRaw((socket) => socket.resetAndDestroy());
    expect(await failureAt(origin)).toBe("unreachable");
  });

  test("where nobody listens", async () => {
    const origin = await servers.serveRaw(() => {});
    servers.close();
    expect(await failureAt(origin)).toBe("unreachable");
  });

  test.each(encodings)("whose packing is damaged or cut off (%s)", async (encoding) => {
    const packed = PACKERS[encoding](Buffer.from(Array.from({ length: 5_000 }, (_, i) => i % 251)));
    const damaged = packed.map((byte, at) => (at < 12 ? byte ^ 0x55 : byte));
    for (const body of [packed.subarray(0, packed.length - 9), damaged, Buffer.from("not packed at all")])
      expect(await failureAt(await served(encoding, body))).toBe("unreadable");
  });

  test("also from hosts that others named", async () => {
    const web = openWeb({ deadlineMs: DEADLINE_MS, permit: () => true });
    const origin = await servers.serveRaw((socket) => socket.write("HTTP/1.1 200 OK\r\n\r\n"));
    await expect(web.request(get(origin))).rejects.toMatchObject({ kind: "deadline" });
    await web.close();
  });
});
