import type { HttpAnswer } from "../../core/effects.ts";
import { jsonOrNull } from "../../core/json.ts";
import type { LimitKind } from "../rate-limit.ts";
import type { Answer, Figures, RepositoryAsk } from "../repository.ts";
import { limitOfErrors, limitOfStatus } from "./github-limits.ts";
import { hostText } from "./host-text.ts";

/** Asking GitHub for many repositories in one GraphQL query, and reading its answer alias by alias. */

/** stargazerCount, not stargazers{totalCount}: the list is restricted, the count is not (docs.github.com, 2026-07). */
const FRAGMENT = `fragment F on Repository{databaseId nameWithOwner stargazerCount forkCount isArchived isFork parent{nameWithOwner} pushedAt createdAt description primaryLanguage{name} licenseInfo{spdxId} repositoryTopics(first:20){nodes{topic{name}}}}`;

/** The query as a request body. Names travel as variables, never as part of the document. */
export function graphqlBody(asks: readonly Pick<RepositoryAsk, "owner" | "name">[]): string {
  const variables = Object.fromEntries(
    asks.flatMap(({ owner, name }, i) => [
      [`o${i}`, owner],
      [`n${i}`, name],
    ]),
  );
  const declared = asks.map((_, i) => `$o${i}:String!,$n${i}:String!`).join(",");
  const aliases = asks.map((_, i) => `r${i}:repository(owner:$o${i},name:$n${i}){...F}`).join(" ");
  return JSON.stringify({
    query: `query Enrich(${declared}){${aliases} rateLimit{cost remaining resetAt}} ${FRAGMENT}`,
    variables,
  });
}

interface Node {
  readonly databaseId: number;
  readonly nameWithOwner: string;
  readonly stargazerCount: number;
  readonly forkCount: number;
  readonly isArchived: boolean;
  readonly isFork: boolean;
  readonly parent?: { readonly nameWithOwner: string } | null;
  readonly pushedAt?: string | null;
  readonly createdAt: string;
  readonly description?: string | null;
  readonly primaryLanguage?: { readonly name: string } | null;
  readonly licenseInfo?: { readonly spdxId: string | null } | null;
  readonly repositoryTopics?: {
    readonly nodes: readonly ({ readonly topic: { readonly name: string } } | null)[] | null;
  } | null;
}

interface GraphqlError {
  readonly type?: string;
  readonly path?: readonly (string | number)[];
  readonly message?: string;
}

interface GraphqlReply {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly GraphqlError[];
}

/** What a query brought for one of its names. */
export type AliasOutcome =
  | Answer
  /** The error NOT_FOUND names this alias and nothing deeper; any other null says nothing. */
  | { readonly kind: "not_found" }
  /** The host refuses this token for this repository, which may well be public. */
  | { readonly kind: "refused"; readonly problem: string }
  /** The query ran and says nothing usable of this name: another interface may. */
  | { readonly kind: "no_answer"; readonly problem: string }
  /** The query did not get so far: to be asked again. */
  | { readonly kind: "not_reached"; readonly problem: string };

export interface GraphqlReading {
  readonly limit: LimitKind | null;
  /** The host had not the means for so many names at once. */
  readonly isTooMuch: boolean;
  /** As many as were asked for, in their order. */
  readonly aliases: readonly AliasOutcome[];
}

function figures(node: Node): Figures {
  return {
    full_name: node.nameWithOwner,
    host_id: node.databaseId,
    stars: node.stargazerCount,
    forks: node.forkCount,
    is_archived: node.isArchived,
    is_fork: node.isFork,
    parent: node.parent?.nameWithOwner ?? null,
    pushed_at: node.pushedAt ?? null,
    created_at: node.createdAt,
    description: hostText(node.description ?? null),
    primary_language: node.primaryLanguage?.name ?? null,
    license_spdx: node.licenseInfo ? (node.licenseInfo.spdxId ?? "NOASSERTION") : null,
    topics: (node.repositoryTopics?.nodes ?? []).flatMap((entry) =>
      entry === null ? [] : [entry.topic.name],
    ),
  };
}

/** Whether a value holds what every repository has; whatever else stands there may be absent. */
function isNode(value: unknown): value is Node {
  if (typeof value !== "object" || value === null) return false;
  const node = value as Record<keyof Node, unknown>;
  return (
    Number.isSafeInteger(node.databaseId) &&
    typeof node.nameWithOwner === "string" &&
    Number.isSafeInteger(node.stargazerCount) &&
    Number.isSafeInteger(node.forkCount) &&
    typeof node.isArchived === "boolean" &&
    typeof node.isFork === "boolean" &&
    typeof node.createdAt === "string"
  );
}

/** Errors that say: too many names for one query. They name whichever field came last, which is not at fault. */
const TOO_MUCH_TYPES = ["RESOURCE_LIMITS_EXCEEDED", "MAX_NODE_LIMIT_EXCEEDED"];
const isTooMuchError = ({ type, message }: GraphqlError) =>
  (type !== undefined && TOO_MUCH_TYPES.includes(type)) || /^Timeout on validation/u.test(message ?? "");

function aliasOutcome(alias: string, reply: GraphqlReply, isCutShort: boolean): AliasOutcome {
  const node = reply.data?.[alias];
  if (isNode(node))
    return { kind: "found", figures: figures(node), http_status: 200, source: "github_graphql" };
  const errors = (reply.errors ?? []).filter(({ path }) => path?.[0] === alias);
  const own = errors.find(({ path }) => path?.length === 1);
  if (own?.type === "NOT_FOUND") return { kind: "not_found" };
  if (own?.type === "FORBIDDEN") return { kind: "refused", problem: own.message ?? "forbidden" };
  if (isCutShort) return { kind: "not_reached", problem: "the query was cut short" };
  const problem = (own ?? errors[0])?.message;
  return { kind: "no_answer", problem: problem ?? (node ? "not a repository" : "null without an error") };
}

function parsed(answer: HttpAnswer): GraphqlReply | null {
  if (!(answer.headers["content-type"] ?? "").includes("json")) return null;
  const value = jsonOrNull(answer.body);
  return typeof value === "object" && value !== null ? value : null;
}

/** Reads the answer to a query for `count` repositories. */
export function readGraphql(answer: HttpAnswer, count: number): GraphqlReading {
  const reply = parsed(answer);
  const errors = Array.isArray(reply?.errors) ? reply.errors : [];
  const limit = limitOfStatus(answer) ?? limitOfErrors(errors);
  const each = (outcome: (alias: string) => AliasOutcome) =>
    Array.from({ length: count }, (_, i) => outcome(`r${i}`));
  const isTooMuch = [502, 504].includes(answer.status) || errors.some(isTooMuchError);
  if (answer.status !== 200 || typeof reply?.data !== "object" || reply.data === null) {
    const problem = errors[0]?.message ?? `HTTP ${answer.status} without a usable answer`;
    return { limit, isTooMuch, aliases: each(() => ({ kind: "not_reached", problem })) };
  }
  const isCutShort = limit !== null || isTooMuch;
  return {
    limit,
    isTooMuch,
    aliases: each((alias) => aliasOutcome(alias, { ...reply, errors }, isCutShort)),
  };
}
