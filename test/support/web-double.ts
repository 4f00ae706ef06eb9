import type { LookupAddress } from "node:dns";
import { type OpenNetwork, openWeb } from "../../pipeline/3-enrich/http.ts";
import { type DoubleReply, type DoubleRequest, startServiceDouble } from "./service-double.ts";

/** A page's answer, to every method or told by the request. */
export type Page = DoubleReply | ((request: DoubleRequest) => DoubleReply);

/** Hosts of a made-up web, all on one loopback server, reached through the real guarded network. */
export interface WebDouble {
  readonly web: OpenNetwork;
  /** The address of a page: `urlOf("a.example/x")`. */
  urlOf(page: string): string;
  /** Each request as `HEAD a.example/x`. */
  seen(): string[];
  close(): Promise<void>;
}

/**
 * Starts a web of pages by `host/path`; what is not listed is 404. A host that begins with `private.` resolves to an
 * address that may not be connected to, one that begins with `nowhere.` to none.
 */
export async function startWebDouble(pages: Readonly<Record<string, Page>>): Promise<WebDouble> {
  const asked: string[] = [];
  const double = await startServiceDouble((request) => {
    const { hostname, pathname, search } = new URL(`http://${request.headers.host}${request.url.pathname}`);
    const name = `${hostname}${pathname}${search}`;
    asked.push(`${request.method} ${name}`);
    const page = pages[name] ?? { status: 404 };
    return typeof page === "function" ? page(request) : page;
  });
  const { port } = new URL(double.origin);
  const web = openWeb({
    deadlineMs: 15_000,
    permit: (address) => address === "127.0.0.1",
    resolve(hostname, _options, callback) {
      const missing = Object.assign(new Error(`getaddrinfo ENOTFOUND ${hostname}`), { code: "ENOTFOUND" });
      const address: LookupAddress = {
        address: hostname.startsWith("private.") ? "127.0.0.2" : "127.0.0.1",
        family: 4,
      };
      if (hostname.startsWith("nowhere.")) callback(missing, []);
      else callback(null, [address]);
    },
  });
  return {
    web,
    urlOf: (page) => page.replace(/^([^/]+)/, `http://$1:${port}`),
    seen: () => [...asked],
    async close() {
      await web.close();
      double.close();
    },
  };
}
