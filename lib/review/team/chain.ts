import { judgeFirst, judgeNext } from './manifest.ts'
import type { StoredManifest, TeamRefusal } from './types.ts'

/** What some manifests amount to. */
export interface FoldedChain {
  /** From the first version to the one in force; empty where none is good. */
  readonly chain: readonly StoredManifest[]
  /** The others: why each is not in force. `broken-chain` also where the version it follows is not here (yet). */
  readonly others: readonly { readonly manifest: StoredManifest; readonly refusal: TeamRefusal }[]
}

/**
 * The manifest in force, from all that were ever seen, in any order. Everybody who has seen the same ones finds the same.
 *
 * Where two good versions follow one (two leads changed the team at once), the branch that took the other's signer out of the team wins; otherwise the one whose
 * signer is longer in the team; otherwise the lower digest. So a lead who was removed cannot undo that by a version of their own, whatever time it says.
 */
export function foldChain(team: string, founder: string, manifests: readonly StoredManifest[]): FoldedChain {
  const followers = new Map<string, StoredManifest[]>()
  for (const manifest of manifests) {
    const { previous } = manifest.signed.content
    followers.set(previous ?? '', [...(followers.get(previous ?? '') ?? []), manifest])
  }
  const fold: Fold = { followers, judged: new Map(), others: new Map() }
  const firsts = (followers.get('') ?? []).filter((manifest) => {
    const refusal = judgeFirst(manifest, team, founder)
    if (refusal !== null) fold.others.set(manifest.digest, refusal)
    return refusal === null
  }).sort(byDigest)
  for (const late of firsts.slice(1)) fold.others.set(late.digest, 'conflict')
  const chain = firsts[0] ? branchFrom(fold, firsts[0]) : []
  const taken = new Set(chain.map(({ digest }) => digest))
  const others = manifests.filter(({ digest }) => !taken.has(digest)).map((manifest) => ({ manifest, refusal: fold.others.get(manifest.digest) ?? ('broken-chain' as const) }))
  return { chain, others }
}

interface Fold {
  readonly followers: ReadonlyMap<string, readonly StoredManifest[]>
  readonly judged: Map<string, TeamRefusal | null>
  readonly others: Map<string, TeamRefusal>
}

/** The winning way from here to its end, this one included. */
function branchFrom(fold: Fold, from: StoredManifest): StoredManifest[] {
  const branch = [from]
  for (let at: StoredManifest | undefined = from; at;) {
    const here: StoredManifest = at
    const good = (fold.followers.get(here.digest) ?? []).filter((next) => {
      if (!fold.judged.has(next.digest)) fold.judged.set(next.digest, judgeNext(here, next))
      const refusal = fold.judged.get(next.digest) ?? null
      if (refusal !== null) fold.others.set(next.digest, refusal)
      return refusal === null
    })
    if (good.length <= 1) {
      at = good[0]
      if (at) branch.push(at)
      continue
    }
    const branches = good.map((one) => branchFrom(fold, one)).sort((a, b) => compareBranches(here, a, b))
    for (const lost of branches.slice(1)) for (const one of lost) fold.others.set(one.digest, 'conflict')
    branch.push(...(branches[0] ?? []))
    return branch
  }
  return branch
}

function compareBranches(fork: StoredManifest, a: readonly StoredManifest[], b: readonly StoredManifest[]): number {
  const [first, second] = [a[0], b[0]]
  if (!first || !second) return b.length - a.length
  const [bySecond, byFirst] = [removes(b, first.signed.content.by), removes(a, second.signed.content.by)]
  if (byFirst !== bySecond) return byFirst ? -1 : 1
  const rank = (manifest: StoredManifest): number => fork.signed.content.members.findIndex(({ card }) => card.signKey === manifest.signed.content.by)
  return rank(first) - rank(second) || byDigest(first, second)
}

/** Whether a branch takes this key's right to lead away at any point. */
function removes(branch: readonly StoredManifest[], signKey: string): boolean {
  return branch.some(({ signed }) => signed.content.former.some((one) => one.signKey === signKey))
}

function byDigest(a: StoredManifest, b: StoredManifest): number {
  return a.digest < b.digest ? -1 : a.digest > b.digest ? 1 : 0
}
