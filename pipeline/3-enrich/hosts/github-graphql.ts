import type { HttpAnswer } from "../../core/effects.ts";
import type { Answer, Figures, RepositoryAsk } from "../repository.ts";
import { hostText } from "./host-text.ts";

/** Asking GitHub for many repositories in one GraphQL query, and reading its answer alias by alias. */

/** stargazerCount, not stargazers{totalCount}: the list is restricted, the count is not (docs.github.com, 2026-07). */
const FRAGMENT = `fragment F on Repository{databaseId nameWithOwner stargazerCount forkCount isArchived isFork parent{nameWithOwner} pushedAt createdAt description primaryLanguage{name} licenseInfo{spdxId} repositoryTopics(first:20){nodes{topic{name}}}}`;

/** The query as a request body. Names travel as variables, never as part of the document. */
export function graphqlBody(asks: readonly RepositoryAsk[]): string {
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
  readonly databaseId: number | null;
  readonly nameWithOwner: string;
  readonly stargazerCount: number;
  readonly forkCount: number;
  readonly isArchived: boolean;
  readonly isFork: boolean;
  readonly parent: { readonly nameWithOwner: string } | null;
  readonly pushedAt: string | null;
  readonly createdAt: string;
  readonly description: string | null;
  readonly primaryLanguage: { readonly name: string } | null;
  readonly licenseInfo: { readonly spdxId: string | null } | null;
  readonly repositoryTopics: {
    readonly nodes: readonly ({ readonly topic: { readonly name: string } } | null)[] | null;
  };
}

interface GraphqlError {
  readonly type?: string;
  readonly path?: readonly (string | number)[];
  readonly message: string;
}

interface GraphqlReply {
  readonly data?: Readonly<Record<string, Node | null>> | null;
  readonly errors?: readonly GraphqlError[];
}

/** What a query brought: a verdict or none for each alias, or nothing usable at all. */
export type GraphqlOutcome =
  | { readonly kind: "answered"; readonly aliases: readonly AliasOutcome[] }
  | { readonly kind: "limited" }
  | { readonly kind: "failed"; readonly problem: string };

/** `not_found` counts only when the error names this alias and nothing deeper; any other null says nothing. */
export type AliasOutcome =
  | Answer
  | { readonly kind: "not_found" }
  | { readonly kind: "no_answer"; readonly problem: string };

function figures(node: Node, host_id: number): Figures {
  return {
    full_name: node.nameWithOwner,
    host_id,
    stars: node.stargazerCount,
    forks: node.forkCount,
    is_archived: node.isArchived,
    is_fork: node.isFork,
    parent: node.parent?.nameWithOwner ?? null,
    pushed_at: node.pushedAt,
    created_at: node.createdAt,
    description: hostText(node.description),
    primary_language: node.primaryLanguage?.name ?? null,
    license_spdx: node.licenseInfo === null ? null : (node.licenseInfo.spdxId ?? "NOASSERTION"),
    topics: (node.repositoryTopics.nodes ?? []).flatMap((entry) =>
      entry === null ? [] : [entry.topic.name],
    ),
  };
}

function aliasOutcome(alias: string, reply: GraphqlReply): AliasOutcome {
  const node = reply.data?.[alias];
  if (node !== null && node !== undefined && node.databaseId !== null)
    return {
      kind: "found",
      figures: figures(node, node.databaseId),
      http_status: 200,
      source: "github_graphql",
    };
  const error = reply.errors?.find((candidate) => candidate.path?.[0] === alias);
  if (error?.type === "NOT_FOUND" && error.path?.length === 1) return { kind: "not_found" };
  return { kind: "no_answer", problem: error?.message ?? "null without an error" };
}

function parsed(answer: HttpAnswer): GraphqlReply | null {
  if (!(answer.headers["content-type"] ?? "").includes("json")) return null;
  try {
    return JSON.parse(answer.body) as GraphqlReply;
  } catch {
    return null; // cut off, or not JSON in spite of its header: no verdict, as the caller says
  }
}

/** Reads the answer to a query for `count` repositories. */
export function readGraphql(answer: HttpAnswer, count: number): GraphqlOutcome {
  const reply = parsed(answer);
  if (answer.status !== 200 || reply === null)
    return { kind: "failed", problem: `HTTP ${answer.status} without a usable answer` };
  if (reply.errors?.some((error) => error.type === "RATE_LIMITED")) return { kind: "limited" };
  if (reply.data === null || reply.data === undefined)
    return { kind: "failed", problem: reply.errors?.[0]?.message ?? "an answer without data" };
  return { kind: "answered", aliases: Array.from({ length: count }, (_, i) => aliasOutcome(`r${i}`, reply)) };
}
