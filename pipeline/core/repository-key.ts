/** Names are case-insensitive on GitHub (docs.github.com, "About repositories"), so they are compared in lower case. */
export function repositoryKey(link: {
  readonly host: string;
  readonly owner: string;
  readonly name: string;
}): string {
  return `${link.host}/${link.owner}/${link.name}`.toLowerCase();
}
