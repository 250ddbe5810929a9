import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { addressOf, FACTS, factsFor, nameOfSite, originsOf, siteAt, turnedOnWith } from './catalog.ts'
import { siteFactsSchema } from './schema.ts'
import { SITE_IDS, type SiteId } from './types.ts'

const FOLDER = new URL('./facts/', import.meta.url)

/** Parts of a draft whose certainty need not be said: names, and switches that only say how the others are read. */
const PLAIN = new Set(['title', 'kind', 'page'])

describe.each(SITE_IDS)('facts of %s', (id) => {
  const facts = FACTS[id]

  it('are written as the schema asks, under their own name', () => {
    expect(siteFactsSchema.safeParse(facts).error?.message).toBeUndefined()
    expect(facts.id).toBe(id)
  })

  it('name their drafts in the order in which the browser\'s storage gives them back: of two that match, the first counts', () => {
    for (const { drafts } of Object.values(FACTS)) expect(Object.keys(drafts)).toEqual(Object.keys(drafts).sort())
  })

  it('say how sure each of them is, and nothing of a fact that is not there', () => {
    const wanted = Object.entries(facts.drafts).flatMap(([name, draft]) => Object.keys(draft).filter((field) => !PLAIN.has(field)).map((field) => `${name}.${field}`))
    expect(facts.about.map(({ fact }) => fact).sort()).toEqual(['hosts', ...wanted].sort())
  })
})

describe('siteAt', () => {
  it.each([
    ['https://mail.google.com/mail/u/0/#inbox', 'gmail'],
    ['https://outlook.office.com/mail/', 'outlook'],
    ['https://outlook.office365.com/mail/', 'outlook'],
    ['https://outlook.live.com/mail/0/', 'outlook'],
    ['https://outlook.cloud.microsoft/mail/', 'outlook'],
    ['https://app-eu1.hubspot.com/contacts/1/record/0-1/2', 'hubspot'],
    ['https://acme.lightning.force.com/lightning/r/Case/1/view', 'salesforce'],
    ['https://acme.zendesk.com/agent/tickets/1', 'zendesk'],
    ['https://www.linkedin.com/sales/inbox', 'linkedin'],
    ['https://crm.zoho.eu/crm/', 'zoho'],
    ['https://blog.example/wp-admin/post.php?post=1&action=edit', 'wordpress'],
    ['https://blog.example/sub/wp-admin/post-new.php', 'wordpress'],
    ['https://blog.example/ghost/#/editor/post/1', 'ghost'],
    ['https://site.example/node/12/edit', 'drupal'],
    ['https://acme.wordpress.com/post', 'wordpress'],
    ['https://blog.example/wp-admin/options.php', 'generic'],
    ['https://mail.google.com.evil.example/', 'generic'],
    ['https://evilzendesk.com/agent', 'generic'],
    ['http://mail.google.com/', 'generic'],
    ['about:blank', 'generic'],
    ['', 'generic'],
    ['not an address', 'generic'],
  ])('takes %s for %s', (url, id) => {
    expect(siteAt(url)).toBe(id)
  })
})

describe('the catalogue', () => {
  it('has a file for each site and none besides', () => {
    expect(readdirSync(FOLDER).sort()).toEqual(SITE_IDS.map((id) => `${id}.json`).sort())
  })

  it('asks for no host twice: of two sites one would never be found', () => {
    const hosts = SITE_IDS.flatMap(originsOf)
    expect(hosts).toHaveLength(new Set(hosts).size)
  })

  it('turns on together the hosts between which an application moves its accounts, and no others', () => {
    expect(turnedOnWith('https://outlook.office.com/', 'outlook')).toEqual(['https://outlook.office.com/', 'https://outlook.office365.com/', 'https://outlook.live.com/', 'https://outlook.cloud.microsoft/'])
    expect(turnedOnWith('http://127.0.0.1:8000/mail', 'outlook')).toEqual(['http://127.0.0.1:8000/mail'])
    expect(turnedOnWith('https://app.hubspot.com/', 'hubspot')).toEqual(['https://app.hubspot.com/'])
  })

  it('knows which applications have one address for everybody', () => {
    expect(addressOf('gmail')).toBe('https://mail.google.com/')
    expect(addressOf('zendesk')).toBeNull()
    expect(addressOf('roundcube')).toBeNull()
  })

  it('names an application, and gives the id of one that it does not know', () => {
    expect(nameOfSite('salesforce')).toBe('Salesforce')
    expect(nameOfSite('lotus')).toBe('lotus')
  })
})

describe('what guards are given', () => {
  it('is the facts of the sites that are on, without what only people read', () => {
    const given = factsFor(['zendesk', 'gmail', 'generic', 'lotus'], {})
    expect(Object.keys(given)).toEqual(['zendesk'])
    expect(given['zendesk']).toMatchObject({ id: 'zendesk', about: [], drafts: FACTS.zendesk.drafts })
  })

  it('takes an update in place of what came with this version, also for a site that code reads', () => {
    const update = { ...FACTS.zendesk, version: '9.0.0', excluded: '.new' }
    const coded = { ...FACTS.zendesk, id: 'gmail' as SiteId }
    expect(factsFor(['zendesk', 'gmail'], { zendesk: update, gmail: coded })).toMatchObject({ zendesk: { version: '9.0.0', excluded: '.new' }, gmail: { id: 'gmail' } })
  })

  it('says of a site that was switched off that it was', () => {
    expect(factsFor(['zendesk', 'gmail'], { gmail: null })).toMatchObject({ gmail: null, zendesk: { id: 'zendesk' } })
  })
})

describe('README', () => {
  it('says of each site what is verified, how and when, as the facts do', () => {
    const rows = SITE_IDS.map((id) => {
      const { name, covers, drafts, verified: { how, on, also } } = FACTS[id]
      const said = { application: `real application, ${on}`, fixture: `fixture after published facts, ${on}`, unverified: 'unverified' }[how]
      return `| ${name} | ${covers ?? Object.values(drafts).map(({ title }) => title).join('; ')} | ${[said, also].filter(Boolean).join('; ')} |`
    })
    const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8').replace(/\r/g, '')
    const table = /\| site \| drafts \| verified \|\n\|[-|]+\|\n((?:\|.*\|\n)+)/.exec(readme)?.[1]?.trimEnd().split('\n')
    expect(table).toEqual(rows)
  })
})
