import { installPack } from '../../lib/packs/index.ts'
import { activePack, PERSONAL_PACK } from '../../lib/store/index.ts'
import { loadBuiltins } from '../shell/builtins.ts'
import { packIn } from '../team/life/model.ts'
import { installPackFile } from './live.ts'
import type { OpenResult, PackPreview } from './model.ts'

/**
 * What the text of a pack file would bring, so that it can be tried on past drafts before it is in use. What is not good, or nothing new, goes to the worker at once, which says so.
 */
export async function lookAtPackFile(name: string, text: string): Promise<OpenResult | PackPreview> {
  const id = packIn(text)?.id
  if (id !== undefined && id !== PERSONAL_PACK) {
    const active = await activePack(id, await loadBuiltins())
    const decision = installPack({ json: text, file: name, active, trust: { kind: 'local' } })
    if (decision.kind === 'activate') return { kind: 'preview', pack: decision.pack, signedBy: decision.signedBy, replaces: active?.pack.version ?? null, name, text }
  }
  return installPackFile(name, text)
}
