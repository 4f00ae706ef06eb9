/** A shorter text is no token, and leaving it out everywhere would leave holes in plain words. */
const SHORTEST_SECRET = 4;
const REDACTED = "[redacted]";

/** Makes the function that takes these secrets out of any text: of errors, logs, and answers that echo what was sent. */
export function redactor(secrets: Iterable<string>): (text: string) => string {
  // longer ones first: one secret may begin like another
  const known = [...new Set(secrets)]
    .filter((secret) => secret.length >= SHORTEST_SECRET)
    .sort((a, b) => b.length - a.length);
  return (text) => known.reduce((words, secret) => words.replaceAll(secret, REDACTED), text);
}
