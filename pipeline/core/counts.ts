/** How many there are of each kind. */
export type Counts = Readonly<Record<string, number>>;

export const total = (counts: Counts): number => Object.values(counts).reduce((a, b) => a + b, 0);
