import { describe, expect, it } from 'vitest'
import { originOf, ORIGINS, SITE_IDS, siteFor, SITES } from './index.ts'

describe('siteFor', () => {
  it.each([
    ['https://mail.google.com/mail/u/0/#inbox', 'gmail'],
    ['https://app-eu1.hubspot.com/contacts/1/record/0-1/2', 'hubspot'],
    ['https://acme.zendesk.com/agent/tickets/1', 'zendesk'],
    ['https://blog.example/wp-admin/post.php?post=1&action=edit', 'wordpress'],
    ['https://blog.example/sub/wp-admin/post-new.php', 'wordpress'],
    ['https://acme.wordpress.com/post', 'wordpress'],
    ['https://blog.example/wp-admin/options.php', 'generic'],
    ['https://mail.google.com.evil.example/', 'generic'],
    ['https://evilzendesk.com/agent', 'generic'],
    ['http://mail.google.com/', 'generic'],
    ['about:blank', 'generic'],
    ['', 'generic'],
    ['not an address', 'generic'],
  ])('takes %s for %s', (url, id) => {
    expect(siteFor(url, []).id).toBe(id)
  })

  it('believes the person first, the longest address of theirs most', () => {
    const custom = [{ prefix: 'http://localhost:4000/', adapter: 'generic' }, { prefix: 'http://localhost:4000/mail', adapter: 'gmail' }, { prefix: 'https://mail.google.com/', adapter: 'zendesk' }] as const
    expect(siteFor('http://localhost:4000/mail', custom).id).toBe('gmail')
    expect(siteFor('http://localhost:4000/mail/u/0', custom).id).toBe('gmail')
    expect(siteFor('http://localhost:4000/mail?x=1', custom).id).toBe('gmail')
    expect(siteFor('http://localhost:4000/mailbox', custom).id).toBe('generic')
    expect(siteFor('https://mail.google.com/mail', custom).id).toBe('zendesk')
  })
})

describe('origins', () => {
  it('names each site under its own id', () => {
    for (const id of SITE_IDS) {
      expect(SITES[id].id).toBe(id)
      expect(ORIGINS[id]).toBe(SITES[id].hosts)
    }
  })

  it('covers one host, without its port', () => {
    expect(originOf('http://127.0.0.1:4173/mail?x')).toBe('http://127.0.0.1/*')
    expect(originOf('https://blog.example/wp-admin/')).toBe('https://blog.example/*')
    expect(() => originOf('file:///etc/passwd')).toThrow(TypeError)
    expect(() => originOf('nonsense')).toThrow(TypeError)
  })
})
