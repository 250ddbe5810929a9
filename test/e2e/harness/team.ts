import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { practiceSettings, seedSettings } from '../../run/launch.mjs'
import type { Launched } from '../../run/launch.mjs'
import { localCertificate } from '../../team/certificate.ts'
import { fakeStore } from '../../team/fake-store.ts'
import { putRows } from '../../seed/fill.ts'
import { complaintsOf, makeBench, openOwn, rowsIn, type Bench } from './person.ts'

/** Two people of a team in two browser profiles, with the Team page open in each, over a store that both may reach. */

/** A WebDAV folder and its login. */
export interface Folder { readonly url: string; readonly user: string; readonly password: string }

export interface Person { readonly profile: Launched; readonly team: Page }

export interface Couple {
  readonly lead: Person
  readonly rep: Person
  /**
   * What the team's folders lie in: the WebDAV folder that COUNTERSIGN_TEAM_STORE names (`https://user:password@host/path/`), and without one a stand-in in this process. The extension
   * reaches stores by https alone, so that the stand-in has a certificate of its own, made for this run, and these browsers are told to take that one key.
   */
  readonly store: Folder
  readonly bench: Bench
  /** What the console of both says. */
  readonly complaints: () => readonly string[]
  readonly close: () => Promise<void>
}

/** @param siteUrl the desk's address, which is on in both; `policy` is both people's own */
export async function openCouple(siteUrl: string, policy: Readonly<Record<string, unknown>>): Promise<Couple> {
  const given = process.env['COUNTERSIGN_TEAM_STORE']
  const certificate = await localCertificate()
  const standIn = given ? null : await fakeStore({ login: 'team:team pass' }, certificate)
  const url = new URL(given ?? `${standIn?.url.replace('//', '//team:team%20pass@') ?? ''}/dav/`)
  const store = { user: decodeURIComponent(url.username), password: decodeURIComponent(url.password), url: `${url.origin}${url.pathname}` }
  const bench = makeBench(['http://127.0.0.1/*', `https://${url.hostname}/*`])
  const open = async (name: string, reviewer: { name: string; role: string }): Promise<Person & { readonly complaints: readonly string[] }> => {
    const profile = await bench.open(name, { args: [given ? '--ignore-certificate-errors' : `--ignore-certificate-errors-spki-list=${certificate.spki}`] })
    profile.allowRequests(url.origin)
    await seedSettings(profile.worker, { ...practiceSettings(siteUrl), reviewer, policy })
    const complaints = complaintsOf(profile.context)
    return { profile, complaints, team: await openOwn(profile, 'dashboard.html#/team') }
  }
  const lead = await open('lead', { name: 'Ines Roy', role: 'Sales lead' })
  const rep = await open('rep', { name: 'Rhea Vance', role: 'Sales' })
  return {
    lead, rep, store, bench, complaints: () => [...lead.complaints, ...rep.complaints],
    close: async () => {
      await bench.remove()
      await standIn?.close()
    },
  }
}

/** Writes a folder's address and login into a form that asks for them. */
export async function fillFolder(page: Page, form: string, store: Folder, folder: string): Promise<void> {
  const fields = page.locator(form)
  await fields.getByLabel('Address of the folder').fill(store.url)
  await fields.getByLabel('Folder in it').fill(folder)
  await fillLogin(page, form, store)
}

export async function fillLogin(page: Page, form: string, { user, password }: Folder): Promise<void> {
  const fields = page.locator(form)
  await fields.getByLabel('User').fill(user)
  await fields.getByLabel('Password').fill(password)
}

/** The lead creates the team "Larkfield Sales" in a folder of the store. */
export async function createTeam({ lead: { team }, store }: Couple, folder: string): Promise<void> {
  await team.bringToFront()
  await team.getByLabel('Name of the team').fill('Larkfield Sales')
  await fillFolder(team, '#team-create', store, folder)
  await team.locator('#team-create').getByRole('button', { name: 'Create the team' }).click()
  await team.getByRole('heading', { name: 'Larkfield Sales' }).waitFor()
}

/** The rep joins with an invitation of the lead, who confirms once both saw the same words. @param waiting looks at the rep's page meanwhile */
export async function joinTeam({ lead, rep, store }: Couple, waiting: () => Promise<void> = () => Promise.resolve()): Promise<void> {
  await lead.team.getByRole('button', { name: 'Make an invitation' }).click()
  const code = await lead.team.getByRole('textbox', { name: 'Invitation' }).inputValue()
  expect(code).not.toContain(store.password)
  await lead.team.getByRole('img', { name: 'The invitation as a QR code' }).waitFor()

  await rep.team.bringToFront()
  await rep.team.getByRole('textbox', { name: 'Invitation' }).fill(`Hi Rhea,\n${code}\n`)
  await rep.team.getByRole('button', { name: 'Read the invitation' }).click()
  const join = rep.team.locator('#team-join')
  await join.getByText('Team Larkfield Sales. Ines Roy invites you.').waitFor()
  await fillLogin(rep.team, '#team-join', store)
  await join.getByRole('button', { name: 'Ask to join' }).click()
  const words = await rep.team.locator('p.phrase').innerText()
  await waiting()

  await check(lead.team)
  const notes = lead.team.locator('#team-notes')
  expect(await notes.locator('.phrase').innerText()).toBe(words)
  await notes.getByRole('button', { name: 'Confirm Rhea Vance' }).click()
  const dialog = lead.team.getByRole('dialog')
  await dialog.getByRole('checkbox', { name: /same words/ }).check()
  await dialog.getByRole('button', { name: 'Confirm' }).click()
  await lead.team.locator('#team-members').getByText('Rhea Vance').waitFor()
  await check(rep.team)
  await rep.team.locator('#team-members').getByText('Ines Roy').waitFor()
}

/** Presses "Check now" under Team. */
export async function check(page: Page): Promise<void> {
  await page.bringToFront()
  await page.goto(page.url().replace(/#.*/, '#/team'))
  await page.locator('#team-sync').getByRole('button', { name: 'Check now' }).click()
  await page.locator('#team-sync').getByText('Up to date.').waitFor()
}

const rule = (words: string) => ({
  id: 'personal/lamp-name', title: 'Name of our lamp', category: 'brand', tier: 'review', owner: 'brand', languages: ['en'], message: 'The lamp is called Larkfield Dawn.', sources: [{ title: 'House rule' }], match: [words],
  unless: [], near: [], negation: 'ignores', hedge: 'ignores', question: 'ignores', quoted: 'ignores', where: ['text'], once: false, reasons: ['Agreed'], examples: { flagged: [`The ${words} is here.`], clean: ['The Larkfield Dawn is here.'] },
})

/** One rule of the lead's own, as the rule editor would have saved it, and the page that publishes it. @param place `new`, or the pack that gets its next version */
export async function openPublish({ team }: Person, place: string, version: string, words: string): Promise<void> {
  const pack = { format: 1, id: 'personal', version, title: 'Rules of mine', description: 'Mine.', owner: 'personal', lists: {}, rules: [rule(words)] }
  await putRows(team, 'packs', [{ id: 'personal', version, digest: version, pack, text: JSON.stringify(pack), publicKey: null, signedBy: null, signedAt: null, source: 'personal', url: null, activatedAt: 1, previous: null }])
  await team.bringToFront()
  await team.goto(team.url().replace(/#.*/, `#/team/publish/${place}`))
  await team.reload()
}

export async function publish({ team }: Person, version: string, text: string): Promise<void> {
  await team.getByLabel('What is new, for everybody to read').fill(text)
  await team.getByLabel('Everybody at once').check()
  await team.getByRole('button', { name: `Sign and publish ${version}` }).click()
  await team.getByRole('heading', { name: 'Versions' }).waitFor()
}

/** Packs in use, as `id version signer`. */
export async function inUse({ team }: Person): Promise<string[]> {
  return (await rowsIn<{ id: string; version: string; signedBy: string | null }>(team, 'packs')).map(({ id, version, signedBy }) => `${id} ${version} ${signedBy ?? 'unsigned'}`)
}
