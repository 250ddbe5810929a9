import { judgeFirst, judgeNext } from './manifest.ts'
import type { StoredManifest, StoredStep, TeamRefusal } from './types.ts'

/** What some manifests amount to. */
export interface FoldedChain {
  /** From the first version to the one in force; empty where none is good. */
  readonly chain: readonly StoredManifest[]
  /** The others: why each is not in force. `broken-chain` also where the version it follows is not here (yet). */
  readonly others: readonly { readonly manifest: StoredStep; readonly refusal: TeamRefusal }[]
}

/**
 * The manifest in force, from all that were ever seen, in any order. Everybody who has seen the same ones finds the same.
 *
 * Where two good versions follow one (two leads changed the team at once), the branch that took the other's signer out of the team wins; otherwise the one whose
 * signer is longer in the team; otherwise the lower digest. So a lead who was removed cannot undo that by a version of their own, whatever time it says.
 */
export function foldChain(team: string, founder: string, manifests: readonly StoredStep[]): FoldedChain {
  const followers = new Map<string, StoredStep[]>()
  for (const manifest of manifests) {
    const { previous } = manifest.signed.content
    followers.set(previous ?? '', [...(followers.get(previous ?? '') ?? []), manifest])
  }
  const fold: Fold = { followers, others: new Map() }
  const firsts = goodOf(fold, '', (step) => judgeFirst(step, team, founder)).sort(byDigest)
  for (const late of firsts.slice(1)) fold.others.set(late.digest, 'conflict')
  const chain = firsts[0] ? branchFrom(fold, firsts[0]) : []
  const taken = new Set(chain.map(({ digest }) => digest))
  const others = manifests.filter(({ digest }) => !taken.has(digest)).map((manifest) => ({ manifest, refusal: fold.others.get(manifest.digest) ?? ('broken-chain' as const) }))
  return { chain, others }
}

interface Fold {
  readonly followers: ReadonlyMap<string, readonly StoredStep[]>
  readonly others: Map<string, TeamRefusal>
}

/** Those that name this one as the one before them, and are good; why others are not is noted. */
function goodOf({ followers, others }: Fold, digest: string, judge: (step: StoredStep) => StoredManifest | TeamRefusal): StoredManifest[] {
  return (followers.get(digest) ?? []).flatMap((step) => {
    const found = judge(step)
    if (typeof found !== 'string') return [found]
    others.set(step.digest, found)
    return []
  })
}

/** The winning way from here to its end, this one included. */
function branchFrom(fold: Fold, from: StoredManifest): StoredManifest[] {
  const branch = [from]
  for (let at: StoredManifest | undefined = from; at;) {
    const here: StoredManifest = at
    const good = goodOf(fold, here.digest, (step) => judgeNext(here, step))
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
  const [bySecond, byFirst] = [removes(b, first.content.by), removes(a, second.content.by)]
  if (byFirst !== bySecond) return byFirst ? -1 : 1
  const rank = (manifest: StoredManifest): number => fork.content.members.findIndex(({ card }) => card.signKey === manifest.content.by)
  return rank(first) - rank(second) || byDigest(first, second)
}

/** Whether a branch takes this key's right to lead away at any point. */
function removes(branch: readonly StoredManifest[], signKey: string): boolean {
  return branch.some(({ content }) => content.former.some((one) => one.signKey === signKey))
}

function byDigest(a: StoredStep, b: StoredStep): number {
  return a.digest < b.digest ? -1 : a.digest > b.digest ? 1 : 0
}
