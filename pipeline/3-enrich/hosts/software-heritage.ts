import { timestamp } from "../../core/effects.ts";
import type { ArchiveAnswer, ArchiveAsk, ArchiveService } from "../archives/archive.ts";
import { Asker, askEach, planAt } from "./asker.ts";
import { ENDPOINTS, type ServiceConfig } from "./endpoints.ts";
import { jsonBody, text } from "./json-body.ts";

/**
 * Requests an hour. The archive states its limit in each answer (archive.softwareheritage.org/api, "Rate limiting"),
 * which the gate obeys; these are below what it has been for who is not signed in, and who is.
 */
const REQUESTS = { anonymous: 100, signedIn: 1_000 } as const;
const SNAPSHOT = /^[0-9a-f]{40}$/u;

/**
 * What the archive says of one address. A snapshot's identifier carries the address that it was taken of, as the
 * specification of SWHIDs (ISO/IEC 18670) has it for context.
 */
async function lookFor(
  url: string,
  asker: Asker,
  { apiUrl, hasToken }: ServiceConfig,
): Promise<ArchiveAnswer> {
  const asked = await asker.get(`${apiUrl}/origin/${url}/visit/latest/?require_snapshot=true`);
  if (asked.problem !== null) return { kind: "failed", problem: asked.problem };
  const { status } = asked.answer;
  const body = jsonBody(asked.answer);
  const snapshot = text(body, "snapshot");
  if (status === 200 && snapshot !== null && SNAPSHOT.test(snapshot))
    return { kind: "archived", swhid: `swh:1:snp:${snapshot};origin=${url}` };
  if (status === 404 && text(body, "exception") === "NotFoundExc") return { kind: "not_archived" };
  if (status === 401 && hasToken) asker.refuseToken(ENDPOINTS.softwareheritage.tokenVariable);
  return { kind: "failed", problem: `HTTP ${status} without a visit` };
}

/** Looks for each address in turn: the first that is archived counts, and none is only when each was looked for. */
async function lookForAny({ urls }: ArchiveAsk, asker: Asker, config: ServiceConfig): Promise<ArchiveAnswer> {
  let result: ArchiveAnswer = { kind: "not_archived" };
  for (const url of urls) {
    const answer = await lookFor(url, asker, config);
    if (answer.kind === "archived") return answer;
    if (answer.kind === "failed") result = answer;
  }
  return result;
}

/** Software Heritage: the newest archived state of a repository that its host no longer shows. */
export function softwareHeritage(config: ServiceConfig): ArchiveService {
  const pace = {
    service: "Software Heritage",
    requests: config.hasToken ? REQUESTS.signedIn : REQUESTS.anonymous,
    windowMs: 3_600_000,
    spacingMs: 1_000,
  };
  const inBudget = (addresses: number) => Math.min(pace.requests, addresses);
  return {
    name: "softwareheritage",
    answersFor: () => true,
    plan: (asks) => planAt(pace, inBudget(asks.reduce((sum, { urls }) => sum + urls.length, 0))),
    planBetween: (least, most) => ({ leastRequests: inBudget(least), ...planAt(pace, inBudget(most)) }),
    check(asks, context) {
      // a budget for each run: an archive is worth a look, not an hour of waiting
      const asker = new Asker(pace, 0, context);
      return askEach(asks, context, pace.service, async (ask) => {
        const answer = await lookForAny(ask, asker, config);
        return { repository_id: ask.repository_id, at: timestamp(context.effects.now()), answer };
      });
    },
  };
}
