import type { RulePack } from '../../lib/engine/index.ts'
import type { Rulebook } from '../../lib/guard/types.ts'
import { MessageError } from '../../lib/messages/index.ts'
import { sendable } from '../../lib/messages/bytes.ts'
import type { Handlers } from '../../lib/messages/router.ts'
import {
  addSuppression, administratorByNow, approvalsOf, checkLedger, loadSettings, managedPolicy, policyOf, recallDecisions, recallOrigin, recordCorrection, recordDecided, recordHeld, recordLesson, recordReopened, recordSent, recordSigned, recordUnchecked, rememberOrigin, readAdministrator, removeSuppression, type Context, type Feature,
} from '../../lib/store/index.ts'
import { askApproval } from '../../lib/team/approvals/index.ts'
import { exportPack, type SharedPacks, type TeamService } from '../../lib/team/index.ts'
import { countedFindings, neededOwners } from '../../lib/review/index.ts'
import { showHeld } from './badge.ts'
import { inject, type createSiteKeeper } from './sites.ts'
import { createTeamHandlers } from './team.ts'

export interface Services {
  readonly builtins: readonly RulePack[]
  readonly rulebook: (anew?: boolean) => Promise<Rulebook>
  readonly sites: ReturnType<typeof createSiteKeeper>
  readonly shared: SharedPacks
  readonly team: TeamService
}

/** What the worker does on each kind of message. */
export function createHandlers({ builtins, rulebook, sites, shared, team }: Services): Handlers {
  return {
    'rulebook/load': async ({ anew, probe }) => sendable(await rulebook(anew), probe),
    'record/recall': ({ site, fingerprints }, { documentId }) => recallDecisions({ site, document: documentId }, fingerprints, Date.now()),
    'origin/remember': async ({ site, blocks }) => {
      await rememberOrigin(site, blocks, Date.now())
      return null
    },
    'origin/recall': ({ site, digests }) => recallOrigin(site, digests, Date.now()),
    'record/held': async ({ record, kind }, { tabId }) => {
      // The mark on the button is not waited for before the record is written.
      await Promise.all([showHeld(tabId, true), context().then((at) => recordHeld(record, kind, at))])
      return null
    },
    'record/decided': async ({ session, site, decision }, { documentId }) => {
      await recordDecided({ session, site, document: documentId }, decision)
      return null
    },
    'record/reopened': async ({ session, site, fingerprint, at }) => {
      await recordReopened({ session, site }, fingerprint, at)
      return null
    },
    'suppression/add': async (choice) => {
      await allowedFeature('suppressions')
      const id = crypto.randomUUID()
      await addSuppression(choice, Date.now(), id)
      return id
    },
    'suppression/remove': async ({ id }) => {
      await removeSuppression(id)
      return null
    },
    'record/corrected': async (correction) => {
      if (await learns()) await recordCorrection(correction)
      return null
    },
    'record/taught': async (lesson) => {
      if (!(await learns())) return null
      const { keepTexts, reviewer } = await loadSettings()
      await recordLesson(lesson, { keepTexts, own: reviewer.name })
      return null
    },
    'record/signed': async ({ record, signOff }) => {
      const [book, at] = await Promise.all([rulebook(), context()])
      return recordSigned(record, signOff, book, at)
    },
    'approval/standing': async ({ digest }) => approvalsOf(digest, await rulebook(), Date.now()),
    'approval/ask': async ({ record, terms }) => {
      const book = await rulebook()
      const standing = await approvalsOf(record.digest, book, Date.now())
      const needed = neededOwners(record.requirement, countedFindings(record.requirement, record.findings))
      const areas = needed.filter((area) => !book.owns.includes(area) && !standing.areas.includes(area))
      if (areas.length > 0) await askApproval(record, areas, book, Date.now(), terms)
      return approvalsOf(record.digest, book, Date.now())
    },
    'record/unchecked': async ({ record, reason }) => {
      const settings = await loadSettings()
      // Asked here too: a page whose rules did not load does not know the policy.
      if (policyOf(settings, await managedPolicy()).unchecked === 'hold') throw new MessageError('refused', 'the policy lets nothing go unchecked')
      await recordUnchecked(record, reason, settings.reviewer, await context())
      return null
    },
    'record/sent': async ({ record, kind, signedAs, seen }, { tabId }) => {
      const [number] = await Promise.all([context().then((at) => recordSent(record, kind, signedAs, at, seen)), showHeld(tabId, false)])
      return number
    },
    'inject/draft': async (_, from) => {
      await inject('content-scripts/draft.js', from)
      return null
    },
    'inject/review': async (_, from) => {
      await inject('content-scripts/review.js', from)
      return null
    },
    // Without waiting for anything first: the browser opens it only in the answer to the press itself.
    'side/open': async (_, { tabId }) => {
      if (tabId === null) throw new MessageError('refused', 'not asked from a page')
      if (import.meta.env.FIREFOX || !('sidePanel' in chrome)) throw new MessageError('not-found', 'this browser has no side panel')
      await chrome.sidePanel.open({ tabId })
      return null
    },
    'site/enable': ({ prefix, adapter }) => sites.enable(prefix, adapter),
    'site/disable': async ({ prefix }) => {
      await sites.disable(prefix)
      return null
    },
    'sites/changed': async () => {
      await sites.sync()
      return null
    },
    'packs/install': ({ text }) => shared.installFile(text),
    'packs/look': ({ url }) => shared.look(url),
    'packs/subscribe': ({ url, looked }) => shared.subscribe(url, looked ?? undefined),
    'packs/unsubscribe': ({ url }) => shared.unsubscribe(url),
    'packs/check': () => shared.check('all'),
    'packs/export': async ({ id }) => exportPack(id, builtins, { name: (await loadSettings()).reviewer.name, at: Date.now() }),
    ...createTeamHandlers(team),
    'ledger/verify': () => checkLedger({ now: Date.now() }),
  }
}

async function isOn(feature: Feature): Promise<boolean> {
  return !(await readAdministrator()).off.includes(feature)
}

/**
 * Whether what people make of a draft is kept, by the administrator's word as far as the browser has said it: at its start that takes it many seconds, and what waited for it was lost where the
 * page went on and the worker was stopped.
 */
async function learns(): Promise<boolean> {
  return !(await administratorByNow()).off.includes('corrections')
}

/** @throws {MessageError} `refused` where the administrator has it off. */
async function allowedFeature(feature: Feature): Promise<void> {
  if (!(await isOn(feature))) throw new MessageError('refused', `${feature} is off by your administrator`)
}

async function context(): Promise<Context> {
  return { at: Date.now(), keepTexts: (await loadSettings()).keepTexts }
}
