import type { Host, ObservationSource } from "../../../schemas/vocabularies.ts";
import { timestamp } from "../../core/effects.ts";
import type { Fields } from "../../core/json.ts";
import type { Answer, Figures, RepositoryAsk } from "../repository.ts";
import { type Asked, Asker, askEach, type Pace, planAt } from "./asker.ts";
import type { EndpointName, ServiceConfig } from "./endpoints.ts";
import { ENDPOINTS } from "./endpoints.ts";
import { jsonBody } from "./json-body.ts";
import type { RepositoryService } from "./service.ts";

/** What differs between code hosts that answer about one repository with one request. */
export interface CodeHost {
  readonly name: EndpointName & ObservationSource;
  readonly host: Host;
  readonly pace: Pace;
  /** The address of a repository below the API's. */
  path(ask: Pick<RepositoryAsk, "owner" | "name">): string;
  /** What a repository's answer says; null: it is none. */
  figures(body: Fields): Figures | null;
}

/**
 * What an answer says of a repository. 404 and 410 are the host's word that nothing public is there: a private one gets
 * the same. Anything else but a readable repository is no verdict.
 */
function readCodeHost(asked: Asked, { name: source, figures: read }: CodeHost): Answer {
  if (asked.problem !== null) return { kind: "failed", problem: asked.problem, http_status: null, source };
  const { answer } = asked;
  const http_status = answer.status;
  const body = http_status === 200 ? jsonBody(answer) : null;
  const figures = body === null ? null : read(body);
  if (figures !== null) return { kind: "found", figures, http_status, source };
  if (http_status === 404 || http_status === 410) return { kind: "absent", http_status, source };
  if (http_status === 451) return { kind: "blocked", reason: "other", http_status, source };
  const problem = http_status === 200 ? "HTTP 200 without a repository" : `HTTP ${http_status}`;
  return { kind: "failed", problem, http_status, source };
}

/** A code host as a service: one request for each repository, one after the other. */
export function codeHost(rules: CodeHost, config: ServiceConfig): RepositoryService {
  const { name, host, pace } = rules;
  return {
    name,
    answersFor: (ask) => ask.host === host,
    plan: (asks) => planAt(pace, asks.length),
    check(asks, context) {
      const asker = new Asker(pace, config.maxWaitMs, context);
      return askEach(asks, context, pace.service, async (ask) => {
        const asked = await asker.get(config.apiUrl + rules.path(ask));
        const { tokenVariable } = ENDPOINTS[name];
        if (
          asked.problem === null &&
          asked.answer.status === 401 &&
          config.hasToken &&
          tokenVariable !== null
        )
          asker.refuseToken(tokenVariable);
        const at = timestamp(context.effects.now());
        return { repository_id: ask.repository_id, at, answer: readCodeHost(asked, rules) };
      });
    },
  };
}
