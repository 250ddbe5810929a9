import { describe, expect, test } from 'vitest'
import { credentialSet, lookAlikes } from './credentials.ts'

describe('credentials', () => {
  test('every published format is found and every look-alike is left alone', async () => {
    expect((await credentialSet()).notes).toEqual([])
    expect(new Set(lookAlikes()).size).toBeGreaterThanOrEqual(200)
  })
})
