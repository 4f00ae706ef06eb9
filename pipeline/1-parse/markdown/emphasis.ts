/** A run of `*` or `_` that may begin or end emphasis. */
export interface EmphasisRun {
  readonly kind: "run";
  readonly text: string;
  readonly opens: boolean;
  readonly closes: boolean;
}

const BOUNDARY = /[\s\p{P}\p{S}]/u;

/**
 * The run that stands between these two characters. Only at a word's boundary it is emphasis: `x_i`, `A*` and
 * `2*3*4` are not, though CommonMark would read some of them so.
 */
export function emphasisRun(text: string, before: string, after: string): EmphasisRun {
  const [afterGap, beforeGap] = [
    before === "" || BOUNDARY.test(before),
    after === "" || BOUNDARY.test(after),
  ];
  const bounded = text.length <= 3;
  return {
    kind: "run",
    text,
    opens: bounded && afterGap && after !== "" && !/\s/u.test(after),
    closes: bounded && beforeGap && before !== "" && !/\s/u.test(before),
  };
}

/** The pieces without the runs that pair up; a run that finds no partner stays. Linear in the number of pieces. */
export function withoutEmphasis<T extends { readonly kind: string }>(
  pieces: readonly (T | EmphasisRun)[],
): (T | EmphasisRun)[] {
  const open: { readonly at: number; readonly text: string }[] = [];
  const waiting = new Map<string, number>();
  const paired = new Set<number>();
  const isRun = (piece: T | EmphasisRun): piece is EmphasisRun => piece.kind === "run";
  pieces.forEach((piece, at) => {
    if (!isRun(piece)) return;
    const { text } = piece;
    if (piece.closes && (waiting.get(text) ?? 0) > 0) {
      for (let opener = open.pop(); opener !== undefined; opener = open.pop()) {
        waiting.set(opener.text, (waiting.get(opener.text) ?? 0) - 1);
        if (opener.text !== text) continue;
        paired.add(opener.at).add(at);
        break;
      }
    } else if (piece.opens) {
      open.push({ at, text });
      waiting.set(text, (waiting.get(text) ?? 0) + 1);
    }
  });
  return pieces.filter((_piece, at) => !paired.has(at));
}
