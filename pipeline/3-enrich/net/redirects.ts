import type { HttpAnswer, HttpRequest, Network } from "../../core/effects.ts";
import { NetworkFailure } from "./failure.ts";

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** Where an answer redirects to, as an address of the web; null when it does not. */
export function redirectTo({ status, headers }: HttpAnswer, from: string): URL | null {
  const location = headers["location"];
  const target = REDIRECTS.has(status) && location !== undefined ? URL.parse(location, from) : null;
  return target !== null && (target.protocol === "https:" || target.protocol === "http:") ? target : null;
}

/** Which redirects are followed: only those within one origin, so that nothing meant for it goes elsewhere. */
export const sameOrigin = (target: URL, from: string): boolean => target.origin === new URL(from).origin;

export interface Followed {
  readonly answer: HttpAnswer;
  /** Where the answer came from in the end. */
  readonly url: string;
  /** The status of each redirect on the way. */
  readonly statuses: readonly number[];
}

/** Asks, and follows redirects as far as they are allowed, at most `hops` of them and none twice. */
export async function follow(
  network: Network,
  request: HttpRequest & { readonly method: "GET" | "HEAD" },
  hops: number,
  isAllowed: (target: URL, from: string) => boolean,
): Promise<Followed> {
  const seen = new Set<string>();
  const statuses: number[] = [];
  for (let url = request.url; ; ) {
    seen.add(url);
    const answer = await network.request({ ...request, url });
    const target = redirectTo(answer, url);
    if (target === null) return { answer, url, statuses };
    target.hash = "";
    if (!isAllowed(target, url))
      throw new NetworkFailure("redirects", `A redirect to ${target.origin} is not followed.`);
    if (seen.has(target.href)) throw new NetworkFailure("redirects", "The redirects go in a circle.");
    if (seen.size > hops) throw new NetworkFailure("redirects", `There are more than ${hops} redirects.`);
    statuses.push(answer.status);
    url = target.href;
  }
}
