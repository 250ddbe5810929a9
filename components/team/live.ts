import { send } from '../../lib/messages/index.ts'
import { fingerprintOf } from '../../lib/packs/index.ts'
import { deviceKey, listPacks, listSubscriptions, PERSONAL_PACK, type SubscriptionRow } from '../../lib/store/index.ts'
import { download } from '../shell/files.ts'
import { refusalsOf } from '../shell/problems.ts'
import { requestAccess } from '../shell/access.ts'
import type { Refusal } from '../rules/model.ts'
import type { OwnPack, SubscribeResult, SubscriptionState, SubscriptionView } from './model.ts'
import type { TeamPort } from './store.ts'

/** What the Team page shows. */
export interface TeamData { readonly subscriptions: readonly SubscriptionView[]; readonly own: readonly OwnPack[] }

export async function loadTeam(): Promise<TeamData> {
  const [rows, packs] = await Promise.all([listSubscriptions(), listPacks()])
  const subscriptions = rows.map((row): SubscriptionView => {
    const pack = packs.find((each) => each.id === row.packId)
    return {
      url: row.url, title: pack?.pack.title ?? null, version: pack?.version ?? null, state: stateOf(row), checkedAt: row.checkedAt,
      problems: refusalsOf(row.problems).map(inOneLine),
      fingerprint: pack?.publicKey ? fingerprintOf(pack.publicKey) : null,
    }
  })
  const own = packs.filter((row) => row.source !== 'url').map((row) => ({ id: row.id, title: row.pack.title, version: row.version }))
  return { subscriptions, own: own.sort((a, b) => Number(b.id === PERSONAL_PACK) - Number(a.id === PERSONAL_PACK)) }
}

function stateOf(row: SubscriptionRow): SubscriptionState {
  if (row.problems.length > 0) return row.problems.every(({ code }) => UNREACHED.includes(code)) ? 'unreachable' : 'refused'
  return row.goodAt === null ? 'waiting' : 'current'
}

/** Codes of a check that did not reach the file at all. */
const UNREACHED = ['no-permission', 'unreachable', 'timeout', 'redirected', 'http-status', 'html-page']

function inOneLine({ place, sentence, fix }: Refusal): string {
  return [place, sentence, fix].filter((part) => part !== null).join(' ')
}

/** Fingerprint of this device's key. */
export async function ownFingerprint(): Promise<string> {
  const { publicKey } = await deviceKey()
  return fingerprintOf(btoa(String.fromCharCode(...publicKey)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', ''))
}

async function subscribe(url: string, looked: string | null): Promise<SubscribeResult> {
  const { status, pack, problems } = await send('packs/subscribe', { url, looked })
  if (status === 'refused' || pack === null) return { kind: 'refused', problems: refusalsOf(problems).map(inOneLine) }
  return { kind: 'added', title: pack.title, version: pack.version }
}

export const teamPort: TeamPort = {
  look: async (url) => {
    if (!(await requestAccess(url))) return { kind: 'denied', host: new URL(url).host }
    const found = await send('packs/look', { url })
    switch (found.kind) {
      case 'new': return { ...found, kind: 'found' }
      case 'in-use': return subscribe(url, null)
      case 'refused': return { kind: 'refused', problems: refusalsOf(found.problems).map(inOneLine) }
    }
  },
  subscribe,
  unsubscribe: async (url) => { await send('packs/unsubscribe', { url }) },
  checkAll: async () => { await send('packs/check', null) },
  exportPack: async (id) => {
    const { name, text } = await send('packs/export', { id })
    download(name, [text])
    return name
  },
}
