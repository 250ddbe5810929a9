import { send } from '../../lib/messages/index.ts'
import { fingerprintOf } from '../../lib/packs/index.ts'
import { listPacks, listSubscriptions, PERSONAL_PACK, removePack, type PackRow, type Settings } from '../../lib/store/index.ts'
import { loadBuiltins } from '../shell/builtins.ts'
import { refusalsOf } from '../shell/problems.ts'
import type { OpenResult, PackView } from './model.ts'

/** The packs of this device: installed ones, which stand in for built-in ones of the same id, and the rest of the built-in ones. */
export async function loadPacks(off: Settings['off']): Promise<readonly PackView[]> {
  const [builtins, installed] = await Promise.all([loadBuiltins(), listPacks()])
  const replaced = new Set(installed.map((row) => row.id))
  const rulesOff = new Set(off.rules)
  const on = (id: string): boolean => !off.packs.includes(id)
  return [
    ...installed.map((row): PackView => ({
      pack: row.pack, origin: originOf(row), on: on(row.id), rulesOff, signedBy: row.signedBy, url: row.url,
      fingerprint: row.publicKey === null ? null : fingerprintOf(row.publicKey),
    })),
    ...builtins.filter((pack) => !replaced.has(pack.id)).map((pack): PackView => ({
      pack, origin: 'builtin', on: on(pack.id), rulesOff, signedBy: null, url: null, fingerprint: null,
    })),
  ]
}

function originOf({ id, source }: PackRow): PackView['origin'] {
  return id === PERSONAL_PACK || source === 'personal' ? 'personal' : source === 'url' || source === 'team' ? 'team' : 'installed'
}

/** Hands the text of a pack file to the worker, which checks form, signature, key, version and examples before it is used. */
export async function installPackFile(_name: string, text: string): Promise<OpenResult> {
  const { status, pack, problems } = await send('packs/install', { text })
  if (status === 'refused' || pack === null) return { kind: 'refused', refusals: refusalsOf(problems) }
  return { kind: status, title: pack.title, version: pack.version }
}

/** Takes a pack out of use, with the subscription it came from. */
export async function removeInstalled(id: string): Promise<void> {
  const subscription = (await listSubscriptions()).find((row) => row.packId === id)
  if (subscription) await send('packs/unsubscribe', { url: subscription.url })
  await removePack(id)
}
