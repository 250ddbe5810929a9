import builtins from 'virtual:builtin-packs'
import { defineBackground } from 'wxt/utils/define-background'
import { matchPattern, watchRulebook, writePackMarks } from '../../lib/messages/index.ts'
import { createRouter } from '../../lib/messages/router.ts'
import { ADMINISTRATOR_KEY, applyCount, applyRetention, buildTallies, announceRulebook, checkLedger, createRulebookSource, keepForcedSites, loadSettings, noteExpired, notePolicy, watchSettings, watchSiteUpdates } from '../../lib/store/index.ts'
import { createSharedPacks, createTeam } from '../../lib/team/index.ts'
import { watchAnswers } from './answers.ts'
import { createHandlers } from './handlers.ts'
import { createSiteKeeper } from './sites.ts'
import { keepTeamAlarm, TEAM_ALARM } from './team.ts'

const HOURLY = 'packs'
const DAILY = 'retention'

/** The worker: puts the rooms together and answers. Listeners are added at once and before anything is awaited, or the event that woke the worker is lost. */
export default defineBackground(() => {
  const sites = createSiteKeeper()
  const shared = createSharedPacks({
    builtins,
    now: Date.now,
    allowed: (url) => chrome.permissions.contains({ origins: [matchPattern(url.href)] }),
  })
  const team = createTeam({ builtins, now: Date.now, allowed: (url) => chrome.permissions.contains({ origins: [matchPattern(url.href)] }) })
  const rulebook = createRulebookSource(builtins)
  /** What the administrator set may have changed while nobody listened: their sites and sources, and the rules that open pages have. */
  const heedAdministrator = async (): Promise<void> => {
    await keepForcedSites()
    await shared.check('due')
  }
  const handlers = createHandlers({ builtins, sites, shared, rulebook, team })
  // Before a frame asks, and so that guards find the marks of packs: whoever gets the focus first is not to wait for the compiler.
  const compileAhead = (): void => {
    const book = rulebook()
    run('compiling the rules', book.then(({ marks }) => writePackMarks(marks)))
    run('noting the policy', book.then(({ policyDigest, reviewer }) => notePolicy(policyDigest, reviewer, Date.now())))
  }

  chrome.runtime.onMessage.addListener(createRouter(handlers, { id: chrome.runtime.id, root: chrome.runtime.getURL('') }))
  const tellAnswers = watchAnswers(run)
  /**
   * The guard's registration goes before everything: an update takes it away, and a page that loads while the rules are compiled would be read by nobody.
   * The rest follows also where it failed.
   */
  const begin = (what: string, rest: () => void): void => {
    const registered = sites.sync()
    run(what, Promise.all([registered, setAlarms(), keepTeamAlarm(team)]))
    const follow = (): void => {
      compileAhead()
      run('counting reviews', buildTallies())
      run('the administrator\'s settings', heedAdministrator())
      rest()
    }
    registered.then(follow, follow)
  }
  chrome.runtime.onInstalled.addListener(({ reason }) => {
    begin('setting up', () => { if (reason === 'install') run('welcoming', welcome()) })
  })
  chrome.runtime.onStartup.addListener(() => {
    begin('starting', () => {
      run('telling of an answer', tellAnswers())
      // What was added since the last check; a break is written down and shown wherever the ledger's standing is.
      run('checking the ledger', checkLedger({ now: Date.now() }))
    })
  })
  // When the extension is switched on again, neither of the two above is said.
  run('reaching open pages', sites.reach())
  chrome.permissions.onAdded.addListener(() => run('a new permission', sites.sync()))
  chrome.permissions.onRemoved.addListener(() => run('a permission that went', sites.sync()))
  watchSettings(() => run('new settings', sites.sync()))
  watchSiteUpdates(() => run('a correction of a site', sites.sync()))
  watchRulebook(compileAhead)
  chrome.storage.onChanged.addListener((changes, area) => {
    if (area === 'managed' || (area === 'local' && ADMINISTRATOR_KEY in changes)) run('the administrator\'s settings', Promise.all([heedAdministrator(), announceRulebook()]))
  })
  chrome.alarms.onAlarm.addListener(({ name }) => {
    if (name === TEAM_ALARM) run('the team\'s store', team.check('hint'))
    if (name === HOURLY) {
      run('checking packs', shared.check('due'))
      run('noting what ran out', noteExpired(Date.now()))
    }
    if (name === DAILY) run('removing what is old', loadSettings().then(async ({ retentionDays, retentionCount }) => {
      await applyRetention(retentionDays, Date.now())
      await applyCount(retentionCount)
    }))
  })
})

/** Alarms outlive the worker; one that is set is left alone, so that restarts do not put it off for ever. The first check comes at a random minute: a team must not ask all at once. */
async function setAlarms(): Promise<void> {
  const set = new Set((await chrome.alarms.getAll()).map((alarm) => alarm.name))
  if (!set.has(HOURLY)) await chrome.alarms.create(HOURLY, { delayInMinutes: 1 + Math.random() * 59, periodInMinutes: 60 })
  if (!set.has(DAILY)) await chrome.alarms.create(DAILY, { delayInMinutes: 10, periodInMinutes: 24 * 60 })
}

async function welcome(): Promise<void> {
  if (!(await loadSettings()).welcomed) await chrome.tabs.create({ url: chrome.runtime.getURL('/welcome.html') })
}

/** Work that nobody waits for: what fails is said in the console, without any text of a draft. */
function run(what: string, work: Promise<unknown>): void {
  work.catch((error: unknown) => console.error(`Countersign, ${what}:`, error instanceof Error ? `${error.name}: ${error.message}` : 'unknown error'))
}
