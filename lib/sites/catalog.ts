import type { FactsInUse } from './index.ts'
import type { SiteFacts } from './facts.ts'
import { SITE_IDS, type SiteId } from './types.ts'
import contentful from './facts/contentful.json'
import drupal from './facts/drupal.json'
import freshdesk from './facts/freshdesk.json'
import front from './facts/front.json'
import generic from './facts/generic.json'
import ghost from './facts/ghost.json'
import gmail from './facts/gmail.json'
import hubspot from './facts/hubspot.json'
import intercom from './facts/intercom.json'
import linkedin from './facts/linkedin.json'
import outlook from './facts/outlook.json'
import outreach from './facts/outreach.json'
import pipedrive from './facts/pipedrive.json'
import roundcube from './facts/roundcube.json'
import salesforce from './facts/salesforce.json'
import salesloft from './facts/salesloft.json'
import sanity from './facts/sanity.json'
import shopify from './facts/shopify.json'
import webflow from './facts/webflow.json'
import wordpress from './facts/wordpress.json'
import zendesk from './facts/zendesk.json'
import zoho from './facts/zoho.json'

/** For the worker and our own pages, never for a content script: a frame is given the facts of its own site alone. */

const files: Readonly<Record<SiteId, unknown>> = {
  contentful, drupal, freshdesk, front, generic, ghost, gmail, hubspot, intercom, linkedin, outlook, outreach, pipedrive, roundcube, salesforce, salesloft, sanity, shopify, webflow, wordpress, zendesk, zoho,
}

/** The facts that come with this version, by site. A test reads every file against the schema. */
export const FACTS = files as Readonly<Record<SiteId, SiteFacts>>

/** Match patterns to ask permission for, by site. Empty where the application lives on any host. */
export function originsOf(id: SiteId): readonly string[] {
  return FACTS[id].hosts
}

/** The addresses that are turned on with this one: all hosts of an application that moves its accounts between them, else itself. */
export function turnedOnWith(prefix: string, id: SiteId): readonly string[] {
  const { hosts, together } = FACTS[id]
  const addresses = hosts.map((pattern) => pattern.replace(/\*$/, ''))
  return together && addresses.includes(prefix) ? addresses : [prefix]
}

/** Where an application lives that has an address of its own for everybody; null where each team has another. */
export function addressOf(id: SiteId): string | null {
  const fixed = FACTS[id].hosts.find((pattern) => !pattern.includes('*.'))
  return fixed?.replace(/\*$/, '') ?? null
}

/** The application's name; the id itself for one that this version does not know (an imported record). */
export function nameOfSite(id: string): string {
  return SITE_IDS.some((known) => known === id) ? FACTS[id as SiteId].name : id
}

/** Without what only people read. */
function bare(facts: SiteFacts): SiteFacts {
  return { ...facts, hosts: [], about: [] }
}

/**
 * What guards are given: the facts of these sites.
 * @param updates facts that replace those which came with this version; null switches a site off
 */
export function factsFor(ids: Iterable<string>, updates: FactsInUse): FactsInUse {
  const given: Record<string, SiteFacts | null> = {}
  for (const id of ids) {
    const update = updates[id]
    const facts = update ?? FACTS[id as SiteId]
    if (update === null) given[id] = null
    else if (facts && Object.keys(facts.drafts).length > 0) given[id] = bare(facts)
  }
  return given
}

/** Edit screens of applications that live on any host, by the path of the address. */
const PATHS: readonly (readonly [SiteId, RegExp])[] = [
  ['wordpress', /\/wp-admin\/(post|post-new|site-editor)\.php$/], ['ghost', /\/ghost(\/|$)/], ['drupal', /\/node\/(add\/|\d+\/edit$)/],
]

/** True when a match pattern (`https://host/*` or `https://*.host/*`) covers the address. */
function covers(pattern: string, url: URL): boolean {
  const [scheme = '', rest = ''] = pattern.split('://')
  const host = rest.slice(0, rest.indexOf('/'))
  if (`${scheme}:` !== url.protocol) return false
  return host.startsWith('*.') ? url.hostname === host.slice(2) || url.hostname.endsWith(host.slice(1)) : url.hostname === host
}

/** The site that an address is known for by its host, else by its path; `generic` for any other and for one that cannot be read. */
export function siteAt(url: string): SiteId {
  const at = URL.canParse(url) ? new URL(url) : null
  if (!at) return 'generic'
  return SITE_IDS.find((id) => FACTS[id].hosts.some((pattern) => covers(pattern, at))) ?? PATHS.find(([, path]) => path.test(at.pathname))?.[0] ?? 'generic'
}
