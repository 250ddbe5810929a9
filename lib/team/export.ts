import type { RulePack } from '../engine/index.ts'
import { canonicalJson, signPack } from '../packs/index.ts'
import { deviceKey, getPack, PERSONAL_PACK, StoreError } from '../store/index.ts'

export interface PackFile {
  /** File name to offer. */
  readonly name: string
  readonly text: string
}

/**
 * A pack as a file that others can install or subscribe to, signed with this device's key.
 * The person's own pack gets a name of its own on the way: `personal` is everybody's name for their own.
 * @throws {StoreError} `not-found` when there is no such pack.
 */
export async function exportPack(id: string, builtins: readonly RulePack[], signer: { readonly name: string; readonly at: number }): Promise<PackFile> {
  const pack = (await getPack(id))?.pack ?? builtins.find((builtin) => builtin.id === id)
  if (!pack) throw new StoreError('not-found', `no pack ${id}`)
  const shared = id === PERSONAL_PACK ? renamed(pack, sharedId(signer.name), signer.name) : pack
  const key = await deviceKey()
  const signed = await signPack(shared, { name: signer.name || 'Countersign', publicKey: key.publicKey, at: signer.at }, (bytes) => key.sign(bytes))
  return { name: `${shared.id}-${shared.version}.json`, text: `${canonicalJson(signed)}\n` }
}

/** `Dana Osei` becomes `rules-of-dana-osei`. Letters of other scripts have no place in an id, so a name without Latin ones gives `rules-of-a-person`. */
export function sharedId(name: string): string {
  const latin = name.normalize('NFKD').replace(/\p{M}+/gu, '').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 40).replace(/-+$/, '')
  return `rules-of-${latin || 'a-person'}`
}

function renamed(pack: RulePack, id: string, name: string): RulePack {
  const rules = pack.rules.map((rule) => ({ ...rule, id: `${id}/${rule.id.slice(rule.id.indexOf('/') + 1)}` }))
  return { ...pack, id, title: name ? `${pack.title} (${name})`.slice(0, 100) : pack.title, rules }
}
