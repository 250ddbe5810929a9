import { describe, expect, it } from 'vitest'
import { defaultPolicy } from '../../lib/policy/index.ts'
import { changePolicy, checkSite, linesIn, namesIn } from './model.ts'

describe('addresses of sites', () => {
  it.each([
    ['blog.example.com', 'https://blog.example.com/'],
    ['https://blog.example.com/wp-admin/post.php?post=7#top', 'https://blog.example.com/wp-admin/post.php'],
    ['http://127.0.0.1:8123/mail', 'http://127.0.0.1:8123/mail'],
    ['  http://localhost:3000 ', 'http://localhost:3000/'],
  ])('takes %s as %s', (text, prefix) => {
    expect(checkSite(text, [])).toEqual({ ok: true, prefix })
  })

  it.each(['', 'mail', 'ftp://files.example', 'chrome://settings', 'https://me:secret@mail.example', 'javascript:alert(1)', 'two words'])('refuses %j', (text) => {
    expect(checkSite(text, [])).toEqual({ ok: false, problem: 'bad' })
  })

  it('says when an address is there already', () => {
    expect(checkSite('crm.example', ['https://crm.example/'])).toEqual({ ok: false, problem: 'twice' })
  })
})

describe('policy', () => {
  it('keeps what was set before and changes one thing', () => {
    const policy = defaultPolicy()
    const own = changePolicy({ vip: ['gov.example'] }, { kind: 'floor', category: 'brand', value: 'approve' }, policy)
    expect(own).toEqual({ vip: ['gov.example'], floor: { brand: 'approve' } })
    expect(changePolicy(own, { kind: 'people', category: 'legal', value: ['Amara Osei'] }, policy)).toEqual({
      vip: ['gov.example'], floor: { brand: 'approve' }, areas: { legal: { ...policy.areas.legal, people: ['Amara Osei'] } },
    })
  })

  it('goes back to the defaults by keeping nothing', () => {
    expect(changePolicy({ drafts: 'all', vip: ['a.example'] }, { kind: 'defaults' }, defaultPolicy())).toEqual({})
  })
})

describe('lists in fields', () => {
  it('reads names and lines once each, without blanks', () => {
    expect(namesIn(' Mara,, Amara ,Mara')).toEqual(['Mara', 'Amara'])
    expect(linesIn('Halden.example\n\nbrannock.example, *.gov.example;halden.example')).toEqual(['halden.example', 'brannock.example', '*.gov.example'])
  })
})
