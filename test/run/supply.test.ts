import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { LICENCES, licencesText } from './licences.mjs'
import { packageOf } from './bundle-report.mjs'
import { codeFromText, languageFaults, manifestFaults } from './manifest.mjs'

const ROOT = join(import.meta.dirname, '..', '..')

const folder = mkdtempSync(join(tmpdir(), 'countersign-supply-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const GOOD = {
  manifest_version: 3, permissions: ['activeTab', 'storage', 'unlimitedStorage', 'scripting', 'alarms', 'sidePanel'], side_panel: { default_path: 'sidepanel.html' }, optional_permissions: ['notifications'], host_permissions: [], optional_host_permissions: ['https://*/*', 'http://*/*'], content_scripts: [], storage: { managed_schema: 'managed-schema.json' },
  content_security_policy: { extension_pages: "default-src 'none'; script-src 'self'; connect-src 'self' https:" },
}

describe('the manifest', () => {
  it('asks for what it may', () => {
    expect(manifestFaults(GOOD)).toEqual([])
  })

  it.each<[string, object]>([
    ['one more permission', { permissions: [...GOOD.permissions, 'tabs'] }],
    ['one more permission to ask for', { optional_permissions: ['notifications', 'history'] }],
    ['sites at install', { host_permissions: ['https://mail.google.com/*'] }],
    ['a script on every page', { content_scripts: [{ matches: ['<all_urls>'], js: ['a.js'] }] }],
    ['files that pages can load', { web_accessible_resources: [] }],
    ['a way in for pages', { externally_connectable: {} }],
    ['text as code', { content_security_policy: { extension_pages: "default-src 'none'; script-src 'self' 'unsafe-eval'" } }],
    ['scripts from elsewhere', { content_security_policy: { extension_pages: "default-src 'none'; script-src 'self' https://cdn.example" } }],
    ['no outline for administrators', { storage: undefined }],
    ['another page at the side', { side_panel: { default_path: 'other.html' } }],
    ['no policy', { content_security_policy: undefined }],
  ])('is refused with %s', (_, change) => {
    expect(manifestFaults({ ...GOOD, ...change })).not.toEqual([])
  })

  it('says where a build would run text as code', () => {
    writeFileSync(join(folder, 'a.js'), 'x();eval("1");new Function("return 1");self.eval("1");formula.eval("1")')
    writeFileSync(join(folder, 'b.html'), '<script type="module" src="https://cdn.example/x.js"></script>')
    expect(codeFromText(folder).map((place) => place.slice(0, 6)).sort()).toEqual(['a.js: ', 'a.js: ', 'a.js: ', 'b.html'])
  })

  it('says where a language, or a text that the manifest takes from it, is missing', () => {
    writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ name: '__MSG_extName__', description: '__MSG_extDescription__' }))
    for (const language of ['ar', 'de', 'en', 'es']) {
      mkdirSync(join(folder, '_locales', language), { recursive: true })
      writeFileSync(join(folder, '_locales', language, 'messages.json'), JSON.stringify({ extName: { message: 'Name' }, ...(language === 'es' ? {} : { extDescription: { message: 'What it does' } }) }))
    }
    expect(languageFaults(folder)).toEqual([`es: the manifest's "extDescription" is missing.`, 'fr: it is not in the build.'])
  })
})

describe('what comes from others', () => {
  it('is listed with its licence: run "node test/run/licences.mjs" after changing a dependency', () => {
    expect(readFileSync(LICENCES, 'utf8')).toBe(licencesText())
  })

  it('has an exact version everywhere', () => {
    for (const file of ['package.json', 'test/desk/package.json', 'test/editors/package.json', 'test/bench/package.json', 'test/eval/package.json', 'test/store/package.json']) {
      const { dependencies = {}, devDependencies = {} } = JSON.parse(readFileSync(join(ROOT, file), 'utf8')) as Record<string, Record<string, string>>
      for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies })) expect(version, `${name} in ${file}`).toMatch(/^(npm:(@[\w.-]+\/)?[\w.-]+@)?\d+\.\d+\.\d+(-[\w.]+)?$/)
    }
  })

  it('is told by its path', () => {
    expect(packageOf('/a/node_modules/react-dom/client.js')).toBe('react-dom')
    expect(packageOf('/a/node_modules/x/node_modules/@noble/hashes/sha2.js')).toBe('@noble/hashes')
    expect(packageOf('/a/lib/engine/index.ts')).toBe('')
  })
})
