import type { BlockReason } from "../../../schemas/vocabularies.ts";
import type { HttpAnswer } from "../../core/effects.ts";
import { jsonOrNull } from "../../core/json.ts";
import type { Answer, Figures } from "../repository.ts";
import { hostText } from "./host-text.ts";

/** Reading GitHub's REST answers about one repository; REST explains what GraphQL could not resolve. */

const source = "github_rest";

interface RestRepository {
  readonly id: number;
  readonly full_name: string;
  readonly stargazers_count: number;
  readonly forks_count: number;
  readonly archived: boolean;
  readonly fork: boolean;
  readonly parent?: { readonly full_name: string } | null;
  readonly pushed_at?: string | null;
  readonly created_at: string;
  readonly description?: string | null;
  readonly language?: string | null;
  readonly license?: { readonly spdx_id: string | null } | null;
  readonly topics?: readonly string[];
}

function figures(body: RestRepository): Figures {
  return {
    full_name: body.full_name,
    host_id: body.id,
    stars: body.stargazers_count,
    forks: body.forks_count,
    is_archived: body.archived,
    is_fork: body.fork,
    parent: body.parent?.full_name ?? null,
    pushed_at: body.pushed_at ?? null,
    created_at: body.created_at,
    description: hostText(body.description ?? null),
    primary_language: body.language ?? null,
    license_spdx: body.license ? (body.license.spdx_id ?? "NOASSERTION") : null,
    topics: body.topics ?? [],
  };
}

/** Whether a value holds what every repository has; whatever else stands there may be absent. */
function isRepository(value: unknown): value is RestRepository {
  if (typeof value !== "object" || value === null) return false;
  const body = value as Record<keyof RestRepository, unknown>;
  return (
    Number.isSafeInteger(body.id) &&
    typeof body.full_name === "string" &&
    Number.isSafeInteger(body.stargazers_count) &&
    Number.isSafeInteger(body.forks_count) &&
    typeof body.archived === "boolean" &&
    typeof body.fork === "boolean" &&
    typeof body.created_at === "string"
  );
}

function blockReason(value: unknown): BlockReason | null {
  if (typeof value !== "object" || value === null || !("block" in value)) return null;
  const { block } = value;
  if (typeof block !== "object" || block === null || !("reason" in block)) return "other";
  return block.reason === "dmca" || block.reason === "tos" ? block.reason : "other";
}

/** Where a rename leads, if it stays on the API's own origin and names a repository by its id; else null. */
export function redirectTarget(answer: HttpAnswer, apiUrl: string): string | null {
  const location = answer.headers["location"];
  const target = location === undefined ? null : URL.parse(location, `${apiUrl}/`);
  if (target === null || ![301, 302, 307, 308].includes(answer.status)) return null;
  return target.origin === new URL(apiUrl).origin && /\/repositories\/\d+$/u.test(target.pathname)
    ? target.href
    : null;
}

/**
 * The verdict of an answer to GET /repos/{owner}/{name} that is neither a redirect nor a limit; 304 answers a request
 * that named what is known already.
 */
export function readRest(answer: HttpAnswer): Answer {
  const http_status = answer.status;
  const body = jsonOrNull(answer.body);
  if (http_status === 200 && isRepository(body))
    return { kind: "found", figures: figures(body), http_status, source };
  if (http_status === 304) return { kind: "unchanged", http_status, source };
  if (http_status === 404) return { kind: "absent", http_status, source };
  const reason = http_status === 451 || http_status === 403 ? blockReason(body) : null;
  if (reason !== null) return { kind: "blocked", reason, http_status, source };
  return { kind: "failed", problem: `HTTP ${http_status}`, http_status, source };
}

/** Whether another try may bring a verdict: the answer was the host's failure, or was lost on the way. */
export function isPassing({ kind, http_status }: Answer): boolean {
  return kind === "failed" && (http_status === null || http_status >= 500 || http_status === 200);
}
