import '../ui/tokens.css'
import '../shell/shell.css'
import './team.css'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { TeamStatus } from '../../lib/review/team/index.ts'
import { stubI18n } from '../review/fixtures/i18n-stub.ts'
import { startStage, type Stage } from '../shell/fixtures/stage.ts'
import type { TeamPagePort } from './port.ts'
import { fakePort, LEAD, member, NOW, OWNER, REP, status, team } from './team-pages.fixture.ts'
import { TeamSection } from './TeamSection.tsx'

let stage: Stage
let calls: unknown[][]
const asked = (name: string): unknown[][] => calls.filter(([called]) => called === name)

function show(change: Partial<TeamStatus>, port: Partial<TeamPagePort> = {}): void {
  stage.show(
    <TeamSection
      port={fakePort(calls, port)} read={{ now: team({ status: status(change), notes: [], packs: [] }), failed: null, refresh: () => Promise.resolve() }} part="" id="" name="Ines Roy" own={null} forced={null} closed={false} now={NOW}
      tryPack={() => { throw new Error('not asked for here') }} removeOwn={() => Promise.resolve()} onGo={() => undefined}
    ><p>below</p></TeamSection>)
}

beforeEach(() => {
  stubI18n()
  stage = startStage()
  calls = []
})
afterEach(() => stage.end())

const NEW_STORE = { kind: 's3', endpoint: 'https://s3.larkfield.example/', region: 'eu-central-1', bucket: 'countersign', pathStyle: true, folder: '' } as const
const MOVED: Partial<TeamStatus> = { own: REP, moved: { store: NEW_STORE, by: LEAD.card.signKey, at: NOW - 3_600_000 } }

describe('a team that moved', () => {
  it.each<[string, Partial<TeamStatus>]>([['moved', MOVED], ['moved while waiting', { ...MOVED, own: null, membership: 'waiting', phrase: 'amber violin dusk harbour' }], ['lead alone', {}]])('%s: readable by everyone and never wider than the screen', async (name, change) => {
    for (const width of [360, 1440]) for (const theme of ['light', 'dark']) {
      document.documentElement.dataset['theme'] = theme
      await page.viewport(width, 900)
      show(change)
      for (const each of document.getAnimations()) if (each instanceof CSSTransition) each.finish()
      await stage.isAccessible()
      expect(document.documentElement.scrollWidth, `${name} ${width}`).toBeLessThanOrEqual(width)
      if (import.meta.env['VITE_TEAM_SHOTS']) await page.screenshot({ path: `${import.meta.env['VITE_TEAM_SHOTS']}/${name.replaceAll(' ', '-')}-${width}-${theme}.png` })
    }
    delete document.documentElement.dataset['theme']
  })

  it('tells a member where it is, and goes there with a login that is typed for it', async () => {
    show(MOVED)
    await stage.says('Your team has moved')
    await stage.says('https://s3.larkfield.example/ countersign')
    await stage.says('Ines Roy said so on')
    await userEvent.click(page.getByRole('button', { name: 'Log in and go over' }))
    expect([...asked('requestStore'), ...asked('move')]).toEqual([])
    const card = page.elementLocator(stage.host.querySelector('#team-moved') as HTMLElement)
    await userEvent.fill(card.getByLabelText('Access key'), 'AK')
    await userEvent.fill(card.getByLabelText('Secret key'), 'SK')
    await userEvent.click(page.getByRole('button', { name: 'Log in and go over' }))
    await expect.poll(() => asked('move')).toEqual([['move', NEW_STORE, { kind: 's3', accessKeyId: 'AK', secretAccessKey: 'SK' }]])
    expect(asked('requestStore')).toEqual([['requestStore', [NEW_STORE.endpoint]]])
    await stage.says('The team is in the other store.')
  })

  it('asks who is not confirmed yet to be invited anew', async () => {
    show({ ...MOVED, own: null, membership: 'waiting', phrase: 'amber violin dusk harbour' })
    await stage.says('Ask your lead for a new invitation.')
    await expect.element(page.getByRole('button', { name: 'Log in and go over' })).not.toBeInTheDocument()
  })
})

describe('who alone may lead', () => {
  const SOLE = member('Ines Roy', 'lead', 'a')
  const hint = (): boolean => stage.host.querySelector('#team-sole-lead') !== null

  it('is asked for a second lead as long as there is none, and nobody else is', async () => {
    show({ own: SOLE, members: [SOLE, REP] })
    await stage.says('You alone may lead this team.')
    show({ own: SOLE, members: [SOLE, member('Olga Lind', 'lead', 'c')] })
    await expect.poll(hint).toBe(false)
    show({ own: REP, members: [SOLE, REP] })
    await stage.says('Members')
    expect(hint()).toBe(false)
  })

  it('names one where the team has no administrator; where it has, the administrator does', async () => {
    const offered = async (): Promise<string[]> => {
      await userEvent.click(page.getByRole('button', { name: 'Change role: Olga Lind' }))
      const options = [...document.querySelectorAll('dialog option, [role=dialog] option')].map((option) => (option as HTMLOptionElement).value)
      await userEvent.keyboard('{Escape}')
      return options
    }
    show({ own: SOLE, members: [SOLE, OWNER] })
    expect(await offered()).toContain('lead')
    show({ own: SOLE, members: [SOLE, OWNER, member('Ada Berg', 'administrator', 'f')] })
    expect(await offered()).not.toContain('lead')
  })
})

describe('everything the team has', () => {
  it('is a file, with how much is in it and what was left out', async () => {
    show({}, { exportTeam: (onObjects) => { onObjects(3); return Promise.resolve({ objects: 1_204, unread: 2 }) } })
    await userEvent.click(page.getByRole('button', { name: 'Export everything' }))
    await stage.says('Objects in the file: 1,204. Left out, because the store gives something else than their names say: 2.')
  })

  it('comes back from a file, or is refused in words', async () => {
    const files: File[] = []
    show({}, { restoreTeam: (file) => { files.push(file); return Promise.resolve({ put: 12, there: 3, refused: 1 }) } })
    const input = (): HTMLElement => stage.host.querySelector('[data-cs=team-archive]') as HTMLElement
    await stage.says('Restore from a file')
    await userEvent.upload(page.elementLocator(input()), new File(['{}'], 'team.jsonl'))
    await stage.says('Put into the store: 12. There already: 3. Not taken, because they are not what their names say: 1.')
    expect(files.map(({ name }) => name)).toEqual(['team.jsonl'])
    show({}, { restoreTeam: () => Promise.reject(new Error('This file is no export of this team.')) })
    await userEvent.upload(page.elementLocator(input()), new File(['x'], 'x.jsonl'))
    await stage.says('This file is no export of this team.')
  })

  it('is offered to who leads, and to nobody else', async () => {
    show({ own: REP })
    await stage.says('Members')
    expect(stage.host.querySelector('#team-archive')).toBeNull()
  })
})
