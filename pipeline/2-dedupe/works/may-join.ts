import { compare, type TieRule } from "../compare/compare.ts";
import type { Edge } from "../compare/edges.ts";
import { isWeak } from "../compare/vetoes.ts";
import type { Corpus } from "../corpus/corpus.ts";
import type { Profile } from "../profile/profile.ts";
import { containment } from "../profile/text-forms.ts";
import type { Profiles } from "../store/profiles.ts";
import type { Groups } from "./groups.ts";

const BY_IDENTIFIER: ReadonlySet<TieRule> = new Set(["same_arxiv_id", "same_doi"]);

/** Rules by which titles of members may have nothing in common. */
const KEEPS_TITLE: ReadonlySet<TieRule> = new Set([...BY_IDENTIFIER, "same_title", "same_abstract"]);
/** Titles that share less are of two works, whatever titles lie between them. */
const LEAST_SHARED = 0.3;
const hasDrifted = (a: Profile, b: Profile): boolean =>
  containment(new Set(a.title), new Set(b.title)) < LEAST_SHARED;

/** So many kinds of member are held against those of another group. */
const MOST_KINDS = 100;
/** What is known of larger groups is kept: to look at all members for each that joins takes the square of them. */
const SMALL = 8;

/** What of a group is held against another. */
interface Traits {
  /** One of each kind of member, by all that is compared: equal members cannot disagree. */
  readonly kinds: Map<string, number>;
  /** The arXiv identifiers and DOIs of all members. */
  readonly arxiv: Set<string>;
  readonly dois: Set<string>;
}

/** Whether two groups have identifiers of one kind, and none in common. */
const haveOthers = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean =>
  a.size > 0 && b.size > 0 && a.isDisjointFrom(b);

/** Decides which groups of mentions may become one. */
export class Joining {
  private readonly groups: Groups;
  private readonly profiles: Profiles;
  private readonly corpus: Corpus;
  private readonly known = new Map<number, Traits>();

  constructor(groups: Groups, profiles: Profiles, corpus: Corpus) {
    this.groups = groups;
    this.profiles = profiles;
    this.corpus = corpus;
  }

  /**
   * Whether two groups may become one by this edge: nothing forbids it between any of their members. A title in other
   * words ties a mention to a group, but not two groups that each have found their title.
   */
  mayJoin(left: number, right: number, { rule }: Edge): boolean {
    const [ofLeft, ofRight] = [this.groups.sizeOf(left), this.groups.sizeOf(right)];
    // the edge itself is what two mentions alone have to say
    if (ofLeft === 1 && ofRight === 1) return true;
    if (rule === "partial_title" && ofLeft > 1 && ofRight > 1) return false;
    const [one, other] = [this.traitsOf(left), this.traitsOf(right)];
    if (haveOthers(one.arxiv, other.arxiv)) return false;
    const isLarge = Math.max(one.kinds.size, other.kinds.size) > MOST_KINDS;
    if (isLarge && haveOthers(one.dois, other.dois)) return false;
    const others = this.profilesOf(other);
    for (const a of this.profilesOf(one))
      for (const b of others) {
        const result = compare(a, b, this.corpus);
        if (result.same) continue;
        const isGeneric = result.reason === "generic_title" && !BY_IDENTIFIER.has(rule);
        if (isGeneric || !isWeak(result.reason)) return false;
        if (!KEEPS_TITLE.has(rule) && hasDrifted(a, b)) return false;
      }
    return true;
  }

  join(left: number, right: number): void {
    const { groups, known } = this;
    const isLarge = groups.sizeOf(left) + groups.sizeOf(right) > SMALL;
    const [one, other] = isLarge ? [this.traitsOf(left), this.traitsOf(right)] : [];
    known.delete(left);
    known.delete(right);
    const name = groups.join(left, right);
    if (one === undefined || other === undefined) return;
    const [larger, smaller] = name === left ? [one, other] : [other, one];
    for (const id of smaller.arxiv) larger.arxiv.add(id);
    for (const doi of smaller.dois) larger.dois.add(doi);
    for (const [kind, at] of smaller.kinds) addKind(larger.kinds, kind, at);
    known.set(name, larger);
  }

  private traitsOf(name: number): Traits {
    const known = this.known.get(name);
    if (known !== undefined) return known;
    const traits: Traits = { kinds: new Map(), arxiv: new Set(), dois: new Set() };
    for (const at of this.groups.membersOf(name)) {
      addKind(traits.kinds, this.profiles.kindAt(at), at);
      const { arxiv, doi } = this.profiles.at(at);
      if (arxiv !== null) traits.arxiv.add(arxiv);
      if (doi !== null) traits.dois.add(doi);
    }
    return traits;
  }

  private profilesOf({ kinds }: Traits): Profile[] {
    return [...kinds.values()].slice(0, MOST_KINDS).map((at) => this.profiles.at(at));
  }
}

/** One kind more than are looked at shows that there are more. */
function addKind(kinds: Map<string, number>, kind: string, at: number): void {
  if (kinds.size <= MOST_KINDS && !kinds.has(kind)) kinds.set(kind, at);
}
