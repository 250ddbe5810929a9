import { sha256 } from '@noble/hashes/sha2.js'
import { utf8ToBytes } from '@noble/hashes/utils.js'
import { isSignedOnce } from './looked.ts'
import { mayLead, memberOf } from './manifest.ts'
import type { ReleaseStatement, StoredRelease, TeamManifest, TeamRefusal } from './types.ts'

/** Whether a statement counts under this manifest. */
export function judgeRelease(manifest: TeamManifest, { digest, signed }: StoredRelease): TeamRefusal | null {
  const { content } = signed
  if (content.team !== manifest.team) return 'other-team'
  if (!isSignedOnce('release', signed, content.by)) return 'bad-signature'
  const member = memberOf(manifest, content.by)
  if (member && mayLead(member.teamRole)) return null
  const former = manifest.former.filter(({ signKey }) => signKey === content.by)
  if (former.some(({ keep }) => keep.includes(digest))) return null
  return former.length > 0 ? 'former-key' : member ? 'wrong-role' : 'unknown-key'
}

/** What the statements about one pack amount to. */
export interface FoldedReleases {
  /** One a number, ascending. */
  readonly statements: readonly StoredRelease[]
  readonly others: readonly { readonly release: StoredRelease; readonly refusal: TeamRefusal }[]
  /** Numbers that are not there though higher ones are: the store hides something, or lost it. */
  readonly missing: readonly number[]
}

/** The good statements about one pack, from all that were ever seen, in any order. Of two with one number that of the member who is longer in the team counts, then the lower digest. */
export function foldReleases(manifest: TeamManifest, releases: readonly StoredRelease[]): FoldedReleases {
  const others: { release: StoredRelease; refusal: TeamRefusal }[] = []
  const standing = new Map<number, StoredRelease>()
  const rank = ({ signed }: StoredRelease): number => {
    // Whoever has another key by now is as long in the team as before.
    const by = manifest.former.reduce((key, { signKey, why, next }) => (signKey === key && why === 'rotated' ? (next ?? key) : key), signed.content.by)
    const at = manifest.members.findIndex(({ card }) => card.signKey === by)
    return at < 0 ? Infinity : at
  }
  for (const release of [...releases].sort((a, b) => (a.digest < b.digest ? -1 : 1))) {
    const refusal = judgeRelease(manifest, release)
    if (refusal !== null) {
      others.push({ release, refusal })
      continue
    }
    const { number } = release.signed.content
    const there = standing.get(number)
    if (there && there.digest !== release.digest) others.push({ release: rank(release) < rank(there) ? there : release, refusal: 'conflict' })
    if (!there || rank(release) < rank(there)) standing.set(number, release)
  }
  const statements = [...standing.values()].sort((a, b) => a.signed.content.number - b.signed.content.number)
  const highest = statements.at(-1)?.signed.content.number ?? 0
  const missing = Array.from({ length: Math.min(highest, 10_000) }, (_, at) => at + 1).filter((number) => !standing.has(number))
  return { statements, others, missing }
}

/** What one member's device should have in use of a pack. */
export interface PackTarget {
  /** The statement that says so; it names version and digest. */
  readonly release: StoredRelease
  readonly standing: 'use' | 'deprecated' | 'withdrawn'
  /** Why it is deprecated or withdrawn. */
  readonly reason: string
  readonly pinned: boolean
  /** An older version is meant: going back is not a downgrade. */
  readonly back: boolean
}

/** The target for the device with this key; null where no release is for it yet. `statements` as `foldReleases` gives them. */
export function decidePack(statements: readonly StoredRelease[], signKey: string): PackTarget | null {
  let [target, pinned, waiting]: (StoredRelease | null)[] = [null, null, null]
  let standing: PackTarget['standing'] = 'use'
  let reason = ''
  for (const release of statements) {
    const { action, text } = release.signed.content
    switch (action) {
      case 'release':
        if (!isInShare(release.signed.content, signKey)) break
        standing = 'use'
        if (pinned) waiting = release
        else target = release
        break
      case 'pin':
        standing = 'use'
        pinned = release
        break
      case 'unpin':
        // Nobody goes back to what was in use before the pin only because the pin went.
        target = waiting ?? pinned ?? target
        pinned = waiting = null
        break
      case 'roll-back':
        standing = 'use'
        target = release
        pinned = waiting = null
        break
      case 'deprecate':
        standing = 'deprecated'
        reason = text
        break
      case 'withdraw':
        standing = 'withdrawn'
        reason = text
    }
  }
  const release = pinned ?? target
  if (!release) return null
  const { action } = release.signed.content
  return { release, standing, reason: standing === 'use' ? '' : reason, pinned: pinned !== null, back: action === 'roll-back' || action === 'pin' }
}

/**
 * Whether a device that follows `active` may take an older version by `target`: where a lead said so, now or in what this device did not see, and where what it follows lost to another statement
 * of the same number, so that it was never the team's word. Otherwise two devices would stay apart by what each happened to see first.
 * @param statements as `foldReleases` gives them
 * @param active number and digest of the statement that is followed
 */
export function mayGoBack(statements: readonly StoredRelease[], active: { readonly number: number; readonly digest: string }, target: PackTarget): boolean {
  const { number: last } = target.release.signed.content
  const since = statements.filter(({ signed: { content } }) => content.number > active.number && content.number <= last)
  return target.back || since.some(({ signed: { content } }) => content.action === 'roll-back' || content.action === 'pin') || !statements.some(({ digest }) => digest === active.digest)
}

/** Whether a release is for the device with this key: the same one member in ten is asked first for every statement about one version. */
export function isInShare({ pack, version, share }: Pick<ReleaseStatement, 'pack' | 'version' | 'share'>, signKey: string): boolean {
  if (share >= 100) return true
  const hash = sha256(utf8ToBytes(`${pack} ${version ?? ''} ${signKey}`))
  return (((hash[0] ?? 0) << 8) | (hash[1] ?? 0)) % 100 < share
}
