import { readFileSync } from "node:fs";
import type { DocumentNode, GraphQLSchema } from "graphql";
import { buildSchema, execute, GraphQLError, parse, validate } from "graphql";
import type { Answer, DoubleRepository, ReplyBook, TransportFailure } from "./github-double-replies.ts";
import { complete, failure, isRenamed, json, refusal, tokenPolicy } from "./github-double-replies.ts";

/** What was posted to the GraphQL interface. */
export interface GraphQLRequest {
  /** The parsed query, or why it does not parse. */
  readonly document: DocumentNode | GraphQLError;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** The state of the GraphQL limit, as the rateLimit field shows it. */
export interface RateLimit {
  readonly limit: number;
  readonly remaining: number;
  readonly used: number;
  readonly resetAt: string;
}

let schema: GraphQLSchema | undefined;

/** GitHub's published schema; it takes half a second to build and is kept for the process. */
export function publishedSchema(): GraphQLSchema {
  const idl = () =>
    readFileSync(new URL("schema.graphql", import.meta.resolve("@octokit/graphql-schema")), "utf8");
  schema ??= buildSchema(idl(), { assumeValid: true });
  return schema;
}

function parseQuery(query: string): DocumentNode | GraphQLError {
  try {
    return parse(query);
  } catch (error) {
    if (error instanceof GraphQLError) return error;
    throw error;
  }
}

/** Reads a request's body; null when it is not JSON with a query. */
export function readGraphQL(body: string): GraphQLRequest | null {
  try {
    const { query, variables } = JSON.parse(body) as {
      query?: unknown;
      variables?: Record<string, unknown> | null;
    };
    return typeof query === "string" ? { document: parseQuery(query), variables: variables ?? {} } : null;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return null;
    throw error;
  }
}

/** How many repositories a query asks for. */
export function countAliases({ document }: GraphQLRequest): number {
  if (document instanceof GraphQLError) return 0;
  return document.definitions
    .flatMap((definition) =>
      definition.kind === "OperationDefinition" ? definition.selectionSet.selections : [],
    )
    .filter((selection) => selection.kind === "Field" && selection.name.value === "repository").length;
}

/** An error that GitHub gives a type; without one it is only a message. */
function githubError(message: string, type?: string): GraphQLError {
  return new GraphQLError(message, { extensions: type === undefined ? {} : { githubType: type } });
}

/** GitHub has the type of an error beside its message and not in the extensions. */
function reshape({ message, path, locations, extensions }: GraphQLError) {
  const type = extensions["githubType"];
  return {
    ...(type === undefined ? {} : { type }),
    ...(path === undefined ? {} : { path }),
    ...(type === "FORBIDDEN" ? { extensions: { saml_failure: false } } : {}),
    ...(locations === undefined ? {} : { locations }),
    message,
  };
}

function topicsOf(
  topics: readonly string[],
  { first, last }: { first?: number | null; last?: number | null },
) {
  const count = first ?? last ?? null;
  if (count === null) {
    const message =
      "You must provide a `first` or `last` value to properly paginate the `repositoryTopics` connection.";
    throw githubError(message, "MISSING_PAGINATION_BOUNDARIES");
  }
  const page = first === null || first === undefined ? topics.slice(-count) : topics.slice(0, count);
  return { totalCount: topics.length, nodes: page.map((name) => ({ topic: { name } })) };
}

/** The fields of a repository in the GraphQL interface. */
function graphqlFields(repository: DoubleRepository) {
  const { license, topics, ...known } = complete(repository);
  return {
    id: `R_${known.id}`,
    databaseId: known.id,
    nameWithOwner: known.full_name,
    url: known.html_url,
    stargazerCount: known.stars,
    forkCount: known.forks,
    isArchived: known.archived,
    isFork: known.fork,
    parent: known.parent === null ? null : { nameWithOwner: known.parent },
    pushedAt: known.pushed_at,
    createdAt: known.created_at,
    description: known.description,
    primaryLanguage: known.language === null ? null : { name: known.language },
    licenseInfo: license === null ? null : { key: license.key, spdxId: license.spdx },
    repositoryTopics: (page: { first?: number | null; last?: number | null }) => topicsOf(topics, page),
  };
}

interface Asked {
  readonly owner: string;
  readonly name: string;
  readonly followRenames: boolean;
}

function below(): never {
  throw githubError("Something went wrong while executing your query.");
}

/** Answers one alias; a failure of the whole query is noted and the alias left empty. */
function resolveRepository(
  { owner, name, followRenames }: Asked,
  book: ReplyBook,
  failures: TransportFailure[],
) {
  const asked = `${owner}/${name}`;
  const reply = book.of(asked);
  if ("found" in reply && (followRenames || !isRenamed(reply.found, asked)))
    return graphqlFields(reply.found);
  if ("blocked" in reply) throw githubError("Repository access blocked");
  if ("refused" in reply) throw githubError(tokenPolicy(owner), "FORBIDDEN");
  if ("only_rest" in reply) return null;
  if (!("fails" in reply))
    throw githubError(`Could not resolve to a Repository with the name '${asked}'.`, "NOT_FOUND");
  if (reply.fails === "deeper_error")
    return { ...graphqlFields({ full_name: asked, id: 1, stars: 0 }), stargazerCount: below };
  if (reply.fails !== "null_without_error") failures.push(reply.fails);
  return null;
}

/** How many names of one query GitHub has the means for; no bound unless told. */
export interface Bounds {
  /** Those beyond are null, with an error of type RESOURCE_LIMITS_EXCEEDED each; the others are answered. */
  readonly resources?: number;
  /** More are refused before anything is executed. */
  readonly validation?: number;
  /** More are answered by the gateway's page with 502. */
  readonly gateway?: number;
}

function beyond(aliases: number, { validation, gateway }: Bounds): Answer | null {
  if (gateway !== undefined && aliases > gateway) return failure("server_error");
  if (validation === undefined || aliases <= validation) return null;
  return json(200, { errors: [{ message: "Timeout on validation of query" }] });
}

/** Validates a query against the published schema and executes it; a query that is not valid yields errors and no data. */
export async function answerGraphQL(
  request: GraphQLRequest,
  book: ReplyBook,
  limit: RateLimit,
  bounds: Bounds,
): Promise<Answer> {
  const { document, variables } = request;
  const invalid = document instanceof GraphQLError ? [document] : validate(publishedSchema(), document);
  if (document instanceof GraphQLError || invalid.length > 0)
    return json(200, { errors: invalid.map(reshape) });

  const tooMuch = beyond(countAliases(request), bounds);
  if (tooMuch !== null) return tooMuch;
  const failures: TransportFailure[] = [];
  let resolved = 0;
  const rootValue = {
    repository(asked: Asked) {
      resolved += 1;
      if (resolved > (bounds.resources ?? Number.POSITIVE_INFINITY))
        throw githubError("Resource limits for this query exceeded.", "RESOURCE_LIMITS_EXCEEDED");
      return resolveRepository(asked, book, failures);
    },
    rateLimit: () => ({ cost: 1, ...limit }),
  };
  const { data, errors } = await execute({
    schema: publishedSchema(),
    document,
    rootValue,
    variableValues: variables,
  });
  if (failures[0] !== undefined) return failure(failures[0]);
  return json(200, {
    ...(data === undefined ? {} : { data }),
    ...(errors === undefined ? {} : { errors: errors.map(reshape) }),
  });
}

/** The answer to a body that is not a GraphQL request. */
export function notGraphQL(): Answer {
  return refusal(400, "Problems parsing JSON");
}
