import { expect, test } from 'vitest'
import { plainDraft, scannerOfBuiltin } from '../eval/ruleset.ts'
import { LOCALES, SOURCE, messagesOf } from './locales.ts'

/** The practice drafts: stems of their paragraphs, and what each has in it for the review points. */
const DRAFTS = {
  welcomePracticeDraft: ['leftover', 'medical', 'pricing', 'promise'],
  workflowDraft_support_reply_: ['leftover', 'pricing', 'privacy', 'promise'],
  workflowDraft_cms_article_: ['leftover', 'medical', 'pricing', 'promise'],
  workflowDraft_newsletter_: ['leftover', 'medical', 'pricing', 'promise'],
  workflowDraft_recruiting_mail_: ['leftover', 'pricing', 'promise'],
} as const

/** Languages that the built-in rules read. In others the practice draft stays English, or nothing would be marked in it. */
const READ = ['de', 'en', 'es', 'fr']

const scanner = scannerOfBuiltin()

const draftIn = (locale: string, stem: string): string => [1, 2, 3, 4, 5].map((at) => messagesOf(locale)[`${stem}${at}`]?.message ?? '').join('\n')

test.each(LOCALES.filter((locale) => READ.includes(locale)))('each practice draft in %s has something in it for every review point it is made for', (locale) => {
  for (const [stem, categories] of Object.entries(DRAFTS)) {
    const found = new Set(scanner.scan(plainDraft(draftIn(locale, stem), locale)).findings.map(({ category }) => category))
    expect([...found], `${stem} in ${locale}`).toEqual(expect.arrayContaining([...categories]))
  }
})

test.each(LOCALES.filter((locale) => !READ.includes(locale)))('the practice drafts in %s are the English ones, because no built-in rule reads that language', (locale) => {
  for (const stem of Object.keys(DRAFTS)) expect(draftIn(locale, stem)).toBe(draftIn(SOURCE, stem))
})
