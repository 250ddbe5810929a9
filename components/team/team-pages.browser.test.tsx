import '../ui/tokens.css'
import '../shell/shell.css'
import '../settings/settings.css'
import '../rules/rules.css'
import './team.css'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { page, userEvent, type Locator } from 'vitest/browser'
import type { StoredComparison } from '../../lib/store/index.ts'
import { stubI18n } from '../review/fixtures/i18n-stub.ts'
import { startStage, type Stage } from '../shell/fixtures/stage.ts'
import type { TeamPagePort } from './port.ts'
import { fakePort, NOTE, NOW, OWN, OWNER, PACK, REP, status, team } from './team-pages.fixture.ts'
import { TeamSection, type TeamSectionProps } from './TeamSection.tsx'
import type { TeamNow } from './useTeam.ts'

let stage: Stage
let calls: unknown[][]
let went: (readonly string[])[]

const COMPARED: StoredComparison = {
  looked: 40, foundNow: 3, foundThen: 5, heldNow: 1, heldThen: 2, ownedNow: 0, ownedThen: 0, newlyFound: { count: 2, numbers: [7, 9] }, newlyHeld: { count: 1, numbers: [9] }, noLongerHeld: { count: 0, numbers: [] },
  againstDismissed: { count: 0, numbers: [] }, againstFixed: { count: 0, numbers: [] }, withoutText: 4,
}

function show(now: TeamNow | null, place: Partial<TeamSectionProps> = {}, port: Partial<TeamPagePort> = {}): void {
  stage.show(
    <TeamSection
      port={fakePort(calls, port)} read={{ now, failed: null, refresh: () => Promise.resolve() }} part="" id="" name="Ines Roy" own={OWN} forced={null} closed={false} now={NOW}
      tryPack={() => ({ done: Promise.resolve(COMPARED), cancel: () => undefined })} removeOwn={(names) => { calls.push(['removeOwn', names]); return Promise.resolve() }} onGo={(path) => { went.push(path) }} {...place}
    ><p>below</p></TeamSection>)
}

const asked = (name: string): unknown[][] => calls.filter(([called]) => called === name)

beforeEach(() => {
  stubI18n()
  stage = startStage()
  calls = []
  went = []
})
afterEach(() => stage.end())

/** A press on a button that says it is off: a person can make it, and it must do nothing. */
function pressAnyway(button: Locator): void {
  button.element().dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }))
}

const WAITING = team({ status: status({ membership: 'waiting', own: null, phrase: 'amber violin dusk harbour' }) })
const TROUBLED = team({
  status: status({
    sync: { checkedAt: NOW - 60_000, goodAt: NOW - 7_200_000, problem: { code: 'read-only', params: ['cloud.larkfield.example'] }, waiting: 3, missing: ['release 4'], rejections: [{ key: 'kind=releases/pack=sales/00000004-aa.json', refusal: 'former-key', detail: '', at: NOW - 60_000 }] },
    conflicts: [{ version: 4, by: REP.card.signKey }],
  }),
  packs: [{ ...PACK, problem: { code: 'invalid', params: ['A failing example.', 'Mend it.'] }, target: '1.2.0', conflicts: ['2'] }],
})

describe('the team pages', () => {
  it.each<[string, TeamNow | null, Partial<TeamSectionProps>]>([
    ['loading', null, {}], ['no team', team({ status: null, notes: [], packs: [] }), {}], ['no team and no name', team({ status: null, notes: [], packs: [] }), { name: '' }],
    ['waiting', WAITING, {}], ['lead', team(), {}], ['rep', team({ status: status({ own: REP }), notes: [], packs: [] }), {}], ['former', team({ status: status({ membership: 'former', own: null }) }), {}],
    ['store in trouble', TROUBLED, {}], ['a pack', team(), { part: 'packs', id: 'sales' }], ['a pack in trouble', TROUBLED, { part: 'packs', id: 'sales' }], ['next version', team(), { part: 'publish', id: 'sales' }],
    ['a new pack', team({ packs: [] }), { part: 'publish', id: 'new' }], ['no such pack', team(), { part: 'packs', id: 'nothing' }], ['could not be read', null, { read: { now: null, failed: 'The worker is gone.', refresh: () => Promise.resolve() } }],
  ])('%s: readable by everyone and never wider than the screen', async (name, now, place) => {
    for (const width of [360, 1440]) for (const theme of ['light', 'dark']) {
      document.documentElement.dataset['theme'] = theme
      await page.viewport(width, 900)
      show(now, place)
      if (place.part === 'publish') await expect.element(page.getByRole('heading', { name: 'What changes' })).toBeVisible()
      // Colours of buttons change over some milliseconds; half a change has no contrast of its own.
      for (const each of document.getAnimations()) if (each instanceof CSSTransition) each.finish()
      await stage.isAccessible()
      expect(document.documentElement.scrollWidth, `${name} ${width}`).toBeLessThanOrEqual(width)
      if (import.meta.env['VITE_TEAM_SHOTS']) await page.screenshot({ path: `${import.meta.env['VITE_TEAM_SHOTS']}/${name.replaceAll(' ', '-')}-${width}-${theme}.png` })
    }
    delete document.documentElement.dataset['theme']
  })
})

describe('founding a team', () => {
  const fill = async (): Promise<void> => {
    await userEvent.fill(page.getByLabelText('Name of the team'), 'Larkfield Sales')
    await userEvent.fill(page.getByLabelText('Address of the folder'), 'cloud.example/dav')
    await userEvent.fill(page.getByLabelText('User'), 'team')
    await userEvent.fill(page.getByLabelText('Password'), 'secret')
  }

  it('asks the browser for the store\'s host alone, then creates', async () => {
    show(team({ status: null }))
    await fill()
    await userEvent.click(page.getByRole('button', { name: 'Create the team' }))
    await expect.poll(() => asked('create')).toEqual([['create', 'Larkfield Sales', { kind: 'webdav', url: 'https://cloud.example/dav', folder: '' }, { kind: 'webdav', user: 'team', password: 'secret' }]])
    expect(asked('requestStore')).toEqual([['requestStore', ['https://cloud.example/dav']]])
  })

  it('says what is missing and asks nobody', async () => {
    show(team({ status: null }))
    await userEvent.click(page.getByRole('button', { name: 'Create the team' }))
    await stage.says('The team needs a name.')
    await fill()
    await userEvent.fill(page.getByLabelText('Address of the folder'), 'http://cloud.example/')
    await userEvent.click(page.getByRole('button', { name: 'Create the team' }))
    await stage.says('This is not an https:// address.')
    expect(asked('requestStore')).toEqual([])
  })

  it('sends nothing when the browser says no, and says what the store said', async () => {
    show(team({ status: null }), {}, { requestStore: () => Promise.resolve(false) })
    await fill()
    await userEvent.click(page.getByRole('button', { name: 'Create the team' }))
    await stage.says('Nothing was sent.')
    expect(asked('create')).toEqual([])
    show(team({ status: null }), {}, { create: () => Promise.resolve({ ok: false, problem: { code: 'login', params: ['cloud.example'] } }) })
    await userEvent.click(page.getByRole('button', { name: 'Create the team' }))
    await stage.says('cloud.example does not accept the user or the password.')
  })

  it('is not offered where the administrator chose the team or closed teams', async () => {
    show(team({ status: null }), { closed: true })
    await stage.says('Your administrator lets nobody create or join a team here.')
    expect(page.getByRole('button', { name: 'Create the team' }).elements()).toEqual([])
    show(team({ status: null }), { forced: 'CS-INVITE abc' })
    await stage.says('Your administrator chose the team for this device.')
    expect(page.getByRole('button', { name: 'Create the team' }).elements()).toEqual([])
  })
})

describe('joining', () => {
  it('reads the invitation first, asks for the login it lacks, and shows the phrase afterwards', async () => {
    show(team({ status: null }))
    await userEvent.fill(page.getByRole('textbox', { name: 'Invitation' }), 'CS-INVITE abc')
    await userEvent.click(page.getByRole('button', { name: 'Read the invitation' }))
    await stage.says('Team Larkfield Sales. Ines Roy invites you.')
    const join = page.getByRole('button', { name: 'Ask to join' })
    await userEvent.click(join)
    await stage.says('The user is missing.')
    const card = page.elementLocator(stage.host.querySelector('#team-join')!)
    await userEvent.fill(card.getByLabelText('User'), 'team')
    await userEvent.fill(card.getByLabelText('Password'), 'secret')
    await userEvent.click(join)
    await expect.poll(() => asked('join')).toEqual([['join', 'CS-INVITE abc', { kind: 'webdav', user: 'team', password: 'secret' }]])
    show(WAITING)
    await stage.says('amber violin dusk harbour')
  })
})

describe('leading', () => {
  it('confirms somebody only after the words were compared, as what was chosen', async () => {
    show(team())
    await userEvent.click(page.getByRole('button', { name: 'Confirm Tom Abara' }))
    const dialog = page.getByRole('dialog')
    pressAnyway(dialog.getByRole('button', { name: 'Confirm' }))
    expect(asked('confirm')).toEqual([])
    await userEvent.click(dialog.getByRole('checkbox', { name: /same words/ }))
    await userEvent.selectOptions(dialog.getByLabelText('Role'), 'reviewer')
    await userEvent.click(dialog.getByRole('checkbox', { name: 'Pricing' }))
    await userEvent.click(dialog.getByRole('button', { name: 'Confirm' }))
    await expect.poll(() => asked('confirm')).toEqual([['confirm', NOTE.id, { teamRole: 'reviewer', areas: ['pricing'], deputy: [] }]])
  })

  it('takes a lost device out with its reason, and says what that does to open answers', async () => {
    show(team())
    await userEvent.click(page.getByRole('button', { name: 'Take out: Olga Lind' }))
    const dialog = page.getByRole('dialog')
    await expect.element(dialog.getByText('Answers they gave to drafts that are still open count no more either.')).toBeVisible()
    await userEvent.click(dialog.getByLabelText('Their device was lost or stolen'))
    await userEvent.click(dialog.getByRole('button', { name: 'Take out' }))
    await expect.poll(() => asked('removeMember').map(([, , why]) => why)).toEqual(['lost'])
  })

  it('lets a new device take the place of a lost one, with what that one was', async () => {
    show(team())
    await userEvent.click(page.getByRole('button', { name: 'Confirm Tom Abara' }))
    await userEvent.click(page.getByRole('checkbox', { name: /same words/ }))
    await userEvent.selectOptions(page.getByLabelText('In the place of a lost device'), 'device of Olga Lind')
    await expect.element(page.getByText('The lost device’s key counts no more at once.', { exact: false })).toBeVisible()
    await userEvent.click(page.getByRole('dialog').getByRole('button', { name: 'Confirm' }))
    await expect.poll(() => asked('confirm')).toEqual([['confirm', 'n1', { teamRole: 'reviewer', areas: ['pricing', 'legal'], deputy: [], instead: OWNER.card.signKey }]])
  })

  it('takes a new key after saying what that does, and shows the words to compare while it waits', async () => {
    show(team({ status: status({ own: REP }) }))
    await userEvent.click(page.getByRole('button', { name: 'Take a new key' }))
    await expect.element(page.getByText('The old key signs nothing any more from then on.', { exact: false })).toBeVisible()
    expect(asked('newKey')).toEqual([])
    await userEvent.click(page.getByRole('dialog').getByRole('button', { name: 'Take a new key' }))
    await expect.poll(() => asked('newKey')).toEqual([['newKey']])
    show(team({ status: status({ own: REP, newKey: [{ name: 'Ines Roy', phrase: 'lusab-babad-gutih' }] }) }))
    await expect.element(page.getByText('lusab-babad-gutih')).toBeVisible()
    await expect.element(page.getByRole('button', { name: 'Take a new key' })).not.toBeInTheDocument()
  })

  it('shows a lead what the ledgers hold and what of them does not, and nobody else', async () => {
    const device = { signKey: REP.card.signKey, name: 'Dana Whitfield-Okonkwo', gone: false, entries: 1_204, lastAt: NOW - 60_000, counts: { held: 31, signed: 20, overridden: 2, sent: 44, unreviewed: 3 } }
    const faults = [{ code: 'missing', seq: 12, to: 15 }, { code: 'altered', seq: 40, reason: 'x' }, { code: 'forked', seq: 50, reason: '' }, { code: 'hidden', key: `kind=ledger/day=2026-10-24/${'a'.repeat(16)}-000000000001-${'b'.repeat(64)}.jsonl` }] as const
    const view = { at: NOW - 60_000, strangers: 2, devices: [{ ...device, faults }, { ...device, signKey: 'x', name: 'Per Holm', gone: true, entries: 0, lastAt: null, faults: [] }] }
    show(team(), {}, { ledgers: (how) => { calls.push(['ledgers', how]); return Promise.resolve({ ok: true, value: how === 'known' ? null : view }) } })
    await expect.element(page.getByText('Not read yet.')).toBeVisible()
    await userEvent.click(page.getByRole('button', { name: 'Read what is new' }))
    for (const words of ['Entries: 1,204. Held: 31. Overridden: 2. Sent, no review: 3.', 'Entries 12 to 15 are missing', 'Entry 40 does not follow', 'two different entries 50', 'read before is not in the store', 'never in the team: 2', 'nothing uploaded yet', '(no longer in the team)']) {
      await expect.element(page.getByText(words, { exact: false })).toBeVisible()
    }
    await stage.isAccessible()
    await userEvent.click(page.getByRole('button', { name: 'Prove all anew' }))
    await expect.poll(() => asked('ledgers')).toEqual([['ledgers', 'known'], ['ledgers', 'new'], ['ledgers', 'all']])
    show(team({ status: status({ own: REP }) }))
    await expect.element(page.getByRole('button', { name: 'Read what is new' })).not.toBeInTheDocument()
  })

  it('says why the ledgers could not be read', async () => {
    show(team(), {}, { ledgers: (how) => Promise.resolve(how === 'known' ? { ok: true, value: null } : { ok: false, problem: { code: 'unreachable', params: ['cloud.larkfield.example'] } }) })
    await userEvent.click(page.getByRole('button', { name: 'Read what is new' }))
    await expect.element(page.getByText('cloud.larkfield.example could not be reached', { exact: false })).toBeVisible()
  })

  it('makes an invitation without the login unless asked, as code and picture', async () => {
    show(team())
    await userEvent.click(page.getByRole('button', { name: 'Make an invitation' }))
    await expect.element(page.getByRole('img', { name: 'The invitation as a QR code' })).toBeVisible()
    expect(asked('invite')).toEqual([['invite', false]])
  })

  it('tries another login for the same store and keeps it, without leaving the team', async () => {
    show(team({ status: status({ credentials: false }) }))
    await userEvent.click(page.getByText('Change the login', { exact: true }))
    await userEvent.click(page.getByRole('button', { name: 'Try it and keep it' }))
    await expect.element(page.getByText('The user is missing.')).toBeVisible()
    expect([...asked('requestStore'), ...asked('setCredentials')]).toEqual([])
    await userEvent.fill(page.getByLabelText('User'), 'ines')
    await userEvent.fill(page.getByLabelText('Password'), 'new pass')
    await userEvent.click(page.getByRole('button', { name: 'Try it and keep it' }))
    await expect.element(page.getByText('The new login is in use.')).toBeVisible()
    expect(asked('setCredentials')).toEqual([['setCredentials', { kind: 'webdav', user: 'ines', password: 'new pass' }]])
    expect([asked('check'), asked('leave')]).toEqual([[['check', 'now']], []])
    await expect.element(page.getByLabelText('Password')).toHaveValue('')
  })

  it('says what the store says against another login', async () => {
    show(team(), {}, { setCredentials: () => Promise.resolve({ ok: false, problem: { code: 'login', params: ['cloud.larkfield.example'] } }) })
    await userEvent.click(page.getByText('Change the login', { exact: true }))
    await userEvent.fill(page.getByLabelText('User'), 'ines')
    await userEvent.fill(page.getByLabelText('Password'), 'wrong')
    await userEvent.click(page.getByRole('button', { name: 'Try it and keep it' }))
    await expect.element(page.getByText('cloud.larkfield.example does not accept the user or the password.', { exact: false })).toBeVisible()
    expect(asked('check')).toEqual([])
  })

  it('lets a lead ask for corrections, and nobody else', async () => {
    show(team())
    await userEvent.click(page.getByRole('switch', { name: 'Ask members for their corrections' }))
    await expect.poll(() => asked('changeSettings')).toEqual([['changeSettings', { askCorrections: true }]])
    expect(asked('setSharing')).toEqual([])
    show(team({ status: status({ own: REP }) }))
    await expect.element(page.getByRole('switch', { name: 'Corrections' })).toBeVisible()
    await expect.element(page.getByRole('switch', { name: 'Ask members for their corrections' })).not.toBeInTheDocument()
  })

  it('says to a member what the store does wrong, and what still works', async () => {
    show(TROUBLED)
    await stage.says('cloud.larkfield.example lets this device read but not write.')
    await stage.says('The last good state is in use. Last read whole: 2 hours ago.')
    await stage.says('3 things of yours are not in the store yet')
    await stage.says('The store does not show 1 entry though later ones are there.')
    await stage.says('Signed by a key that counts no more.')
    await stage.says('Two leads changed the team at once.')
  })
})

describe('the life of a pack', () => {
  it('says what each version changed, in words', async () => {
    show(team(), { part: 'packs', id: 'sales' })
    await userEvent.click(page.getByText('What changed').first())
    await stage.says('1 tier raised and 1 rule added')
    await stage.says('Golden handshake: Review, now Second signature')
  })

  it('goes back with a reason, releases to all, pins', async () => {
    show(team(), { part: 'packs', id: 'sales' })
    await userEvent.click(page.getByRole('button', { name: 'Roll back' }))
    const sign = page.getByRole('button', { name: 'Sign and say so' })
    await expect.element(sign).toBeVisible()
    pressAnyway(sign)
    expect(asked('say')).toEqual([])
    await userEvent.fill(page.getByLabelText('Why, for everybody to read'), 'Flags too much.')
    await userEvent.click(sign)
    await expect.poll(() => asked('say')).toEqual([['say', 'sales', 'roll-back', '1.0.0', 100, 'Flags too much.']])
    await userEvent.click(page.getByRole('button', { name: 'Release to all' }))
    await userEvent.fill(page.getByLabelText('Why, for everybody to read'), 'It went well.')
    await userEvent.click(sign)
    await expect.poll(() => asked('say').at(-1)).toEqual(['say', 'sales', 'release', '1.1.0', 100, 'It went well.'])
  })

  it('publishes the next version from changed copies, with what changes, its version and a trial', async () => {
    show(team(), { part: 'publish', id: 'sales' })
    // The copy of sales/two stands in for it and is chosen already.
    await stage.says('1 rule finds other places')
    await expect.element(page.getByRole('textbox', { name: 'Version' })).toHaveValue('1.2.0')
    await userEvent.click(page.getByRole('checkbox', { name: 'Free pens' }))
    await stage.says('1 rule added, 1 rule finds other places and examples of 1 rule changed')
    const publish = page.getByRole('button', { name: 'Sign and publish 1.2.0' })
    pressAnyway(publish)
    expect(asked('publish')).toEqual([])
    await stage.says('Say what is new.')
    await userEvent.fill(page.getByLabelText('What is new, for everybody to read'), 'No free pens.')
    await userEvent.click(page.getByRole('button', { name: 'Try it' }))
    await stage.says('40 drafts looked at. The changed rules find something in 3 of them now, and in 5 then.')
    await userEvent.click(publish)
    await expect.poll(() => went).toEqual([['packs', 'sales']])
    const [[, text, changelog, share] = []] = asked('publish')
    expect([changelog, share]).toEqual(['No free pens.', 10])
    expect(JSON.parse(text as string)).toMatchObject({ id: 'sales', version: '1.2.0', rules: [{ id: 'sales/one' }, { id: 'sales/two', match: ['bronze medals'] }, { id: 'sales/free-pens' }] })
    expect(asked('removeOwn')).toEqual([['removeOwn', ['sales-two', 'free-pens']]])
  })

  it('does not publish below what is published, nor what fails its own examples', async () => {
    const own = { ...OWN, rules: [{ ...OWN.rules[1]!, examples: { flagged: ['No such words.'], clean: ['A pen.'] } }] }
    show(team(), { part: 'publish', id: 'sales', own })
    await userEvent.click(page.getByRole('checkbox', { name: 'Free pens' }))
    await userEvent.fill(page.getByRole('textbox', { name: 'Version' }), '1.1.0')
    await userEvent.fill(page.getByLabelText('What is new, for everybody to read'), 'x')
    await stage.says('The version must be above 1.1.0.')
    await stage.says('No such words.')
    pressAnyway(page.getByRole('button', { name: 'Sign and publish 1.1.0' }))
    expect(asked('publish')).toEqual([])
  })
})
