import { describe, expect, it } from 'vitest'
import { digestDraft } from './digest.ts'
import { draft as parsed } from './schemas.ts'

const draft = { kind: 'email', site: 'gmail', subject: 'Offer', recipients: [{ address: 'a@b.example', name: '', field: 'to' }], text: 'See the list.', blocks: [], locale: 'en' } as const

describe('the digest of a draft, and the record of it', () => {
  it('bind the names of what is attached, whatever their order', () => {
    const plain = digestDraft(draft)
    const one = digestDraft({ ...draft, attachments: ['prices.pdf'] })
    const both = digestDraft({ ...draft, attachments: ['prices.pdf', 'plan.docx'] })
    expect(new Set([plain, one, both, digestDraft({ ...draft, attachments: ['prices2.pdf'] })]).size).toBe(4)
    expect(digestDraft({ ...draft, attachments: ['plan.docx', 'prices.pdf'] })).toBe(both)
    // Two of the same name are not one.
    expect(digestDraft({ ...draft, attachments: ['prices.pdf', 'prices.pdf'] })).not.toBe(one)
    // Older records know no attachments: none is the same as nothing said of them.
    expect(digestDraft({ ...draft, attachments: [] })).toBe(plain)
  })

  it('come through the border as they were read', () => {
    const read = { ...draft, attachments: ['prices.pdf', 'plan.docx'] }
    const through = parsed.parse(structuredClone(read))
    expect(through.attachments).toEqual(read.attachments)
    expect(digestDraft(through)).toBe(digestDraft(read))
  })
})
