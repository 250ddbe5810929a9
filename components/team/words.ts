import type { PackChange, PackChangeKind } from '../../lib/packs/index.ts'
import type { StoreAddress, TeamChange, TeamRefusal, TeamRole } from '../../lib/review/team/index.ts'
import { listOf } from '../shell/format.ts'
import { t, tierName, tn } from '../ui/index.ts'

export const roleName = (role: TeamRole): string => t(`teamRole_${role}`)

/** Why an object of the store was not taken, as a sentence. */
export function refusalWords(refusal: TeamRefusal): string {
  return t(`teamRefusal_${REFUSALS[refusal]}`)
}

const REFUSALS = {
  malformed: 'malformed', damaged: 'damaged', 'too-large': 'tooLarge', 'bad-signature': 'badSignature', 'unknown-key': 'unknownKey', 'former-key': 'formerKey', 'wrong-role': 'wrongRole',
  'other-team': 'otherTeam', 'wrong-place': 'wrongPlace', 'broken-chain': 'brokenChain', conflict: 'conflict', 'bad-pack': 'badPack', 'bad-code': 'badCode', 'broken-ledger': 'brokenLedger',
} as const satisfies Record<TeamRefusal, string>

/** Where a store is, as people know it. */
export function placeOf(store: StoreAddress): string {
  switch (store.kind) {
    case 's3': return `${store.endpoint} ${[store.bucket, store.folder].filter(Boolean).join('/')}`
    case 'webdav': return store.folder === '' ? store.url : `${store.url.replace(/\/?$/, '/')}${store.folder}`
    case 'memory': return store.name
  }
}

/** A change of the team as a sentence; `nameOf` gives the name behind a key. */
export function teamChangeWords(change: TeamChange, nameOf: (key: string) => string): string {
  switch (change.kind) {
    case 'create': return t('teamChange_create', change.name)
    case 'add': return t('teamChange_add', change.member.card.name, roleName(change.member.teamRole))
    case 'change': return t('teamChange_change', nameOf(change.signKey), roleName(change.teamRole))
    case 'remove': return t(`teamChange_remove_${change.why}`, nameOf(change.signKey))
    case 'rotate': return t('teamChange_rotate', change.card.name)
    case 'decline': return t('teamChange_decline')
    case 'store': return t('teamChange_store', placeOf(change.store))
    case 'settings': return t(change.settings.askCorrections ? 'teamChange_ask' : 'teamChange_askNot')
  }
}

/** What changed in a pack, counted: "2 rules added, 1 tier raised". */
export function changeSummary(changes: readonly PackChange[]): string {
  const counts = new Map<PackChangeKind, number>()
  for (const { kind } of changes) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  return counts.size === 0 ? t('packChangeNone') : listOf([...counts].map(([kind, count]) => tn(`packChange_${kind}`, count)))
}

/** One change of a pack as a line. */
export function changeLine(change: PackChange): string {
  switch (change.kind) {
    case 'added':
    case 'removed': return `${change.title} (${tierName(change.tier)})`
    case 'raised':
    case 'lowered': return t('packLine_tier', change.title, tierName(change.from), tierName(change.to))
    case 'owner': return t('packLine_owner', change.title, change.from, change.to)
    case 'list': return t('packLine_list', change.list, change.added, change.removed)
    case 'suppressions': return t('packLine_suppressions', change.added, change.removed)
    case 'marks': return t('packLine_marks')
    case 'about': return t('packLine_about')
    default: return change.title
  }
}
