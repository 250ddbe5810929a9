import { compileRuleset, createScanner, type Block, type Draft, type RulePack } from '../../lib/engine/index.ts'
import { scanOptions } from '../../lib/engine/scan-options.ts'
import { messageOf } from '../shell/files.ts'
import type { TryResult } from './model.ts'

/** A scanner over packs, for the try box. A pack whose patterns cannot be compiled is said, not skipped. */
export function createTry(packs: readonly RulePack[]): (text: string) => TryResult {
  try {
    const scanner = createScanner(compileRuleset(packs), scanOptions)
    return (text) => ({ ok: true, result: scanner.scan(draftOf(text)) })
  } catch (error) {
    const message = messageOf(error)
    return () => ({ ok: false, message })
  }
}

/** A pasted text as a draft: one block a line. */
export function draftOf(text: string): Draft {
  const clean = text.replace(/\r\n?/g, '\n')
  const blocks: Block[] = []
  let start = 0
  for (const line of clean.split('\n')) {
    if (line !== '') blocks.push({ span: { start, end: start + line.length }, kind: 'text' })
    start += line.length + 1
  }
  return { kind: 'email', site: '', subject: '', recipients: [], text: clean, blocks, locale: '' }
}
