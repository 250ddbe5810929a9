import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { OUTPUT } from './paths.mjs'

/** What a person is asked for at install, and nothing more. Each has its reason in SECURITY.md; who adds one changes this line too, and asks themselves why. */
export const PERMISSIONS = ['activeTab', 'alarms', 'scripting', 'sidePanel', 'storage', 'unlimitedStorage']
/** Firefox has no such panel: its sidebar is another thing, and our build for it has none. */
const NOT_IN_FIREFOX = ['sidePanel']
/** What a person may be asked for later, when they want what it is for. */
export const OPTIONAL = ['notifications']
const SITES = ['http://*/*', 'https://*/*']
/** Keys of a manifest that open doors which we do not have. */
const CLOSED = ['web_accessible_resources', 'externally_connectable', 'devtools_page', 'chrome_url_overrides', 'oauth2', 'sandbox']

const same = (a, b) => JSON.stringify([...(a ?? [])].sort()) === JSON.stringify(b)

/** What a built manifest asks for, or lets in, beyond what it may. One line each; empty where all is as it should be. */
export function manifestFaults(manifest) {
  const faults = []
  const expect = (fits, line) => fits || faults.push(line)
  expect(manifest.manifest_version === 3, 'It is not Manifest V3.')
  const firefox = manifest.browser_specific_settings !== undefined
  const wanted = PERMISSIONS.filter((permission) => !firefox || !NOT_IN_FIREFOX.includes(permission))
  expect(same(manifest.permissions, wanted), `The permissions are ${manifest.permissions}, not ${wanted}.`)
  expect(manifest.sidebar_action === undefined && (manifest.side_panel?.default_path === 'sidepanel.html') !== firefox, 'The side panel is not our own page, or is where there is none.')
  expect(same(manifest.host_permissions, []), `Sites are granted at install: ${manifest.host_permissions}.`)
  expect(same(manifest.optional_permissions, OPTIONAL), `Permissions that can be asked for are ${manifest.optional_permissions}.`)
  expect(same(manifest.optional_host_permissions, SITES), `Sites that can be asked for are ${manifest.optional_host_permissions}.`)
  // Chrome and Edge hand over nothing of an administrator without this; Firefox knows no such key.
  const schema = firefox ? undefined : 'managed-schema.json'
  expect(manifest.storage?.managed_schema === schema, `The outline of an administrator's settings is ${manifest.storage?.managed_schema}, not ${schema}.`)
  expect(same(manifest.content_scripts, []), 'A script runs on pages that nobody turned on.')
  for (const key of CLOSED) expect(manifest[key] === undefined, `The manifest has "${key}".`)
  const rules = Object.fromEntries((manifest.content_security_policy?.extension_pages ?? '').split(';').map((rule) => rule.trim().split(/\s+(.*)/s).slice(0, 2)))
  expect(rules['default-src'] === "'none'", 'The content security policy does not begin with nothing.')
  expect(rules['script-src'] === "'self'", `Scripts are taken from ${rules['script-src']}.`)
  for (const [name, from] of Object.entries(rules)) expect(!/unsafe-eval|wasm-unsafe-eval|http:|\*|ws:/.test(from ?? ''), `The content security policy lets ${name} take ${from}.`)
  return faults
}

/** Words by which a script would run text as code, or bring code from elsewhere. A method of some object that is called `eval` is none. */
const CODE_FROM_TEXT = [/(?<![.\w$])eval\s*\(/, /\b(window|globalThis|self)\s*(\.|\?\.)\s*eval\b/, /\bnew Function\s*\(/, /\bimportScripts\s*\(/, /\bimport\s*\(\s*["'`]https?:/, /<script[^>]+src=["']https?:/]

/** Places of a build in which text would become code, as `file: place`. */
export function codeFromText(folder) {
  return scriptsIn(folder).flatMap((file) => {
    const text = readFileSync(join(folder, file), 'utf8')
    return CODE_FROM_TEXT.flatMap((words) => [...text.matchAll(new RegExp(words, 'g'))].map(({ index }) => `${file}: ${text.slice(index, index + 60)}`))
  })
}

const scriptsIn = (folder) => readdirSync(folder, { recursive: true }).map(String).filter((file) => /\.(js|html)$/.test(file))

/** Languages that must come with the extension. */
const LANGUAGES = ['ar', 'de', 'en', 'es', 'fr']

/** Languages that a build lacks, and texts that its manifest takes from them and that are not there, as `language: what`. */
export function languageFaults(folder) {
  const wanted = [...new Set([...readFileSync(join(folder, 'manifest.json'), 'utf8').matchAll(/__MSG_(\w+)__/g)].map(([, key]) => key))]
  return LANGUAGES.flatMap((language) => {
    const path = join(folder, '_locales', language, 'messages.json')
    if (!existsSync(path)) return [`${language}: it is not in the build.`]
    const messages = JSON.parse(readFileSync(path, 'utf8'))
    return wanted.filter((key) => !messages[key]?.message).map((key) => `${language}: the manifest's "${key}" is missing.`)
  })
}

/** Checks the built extensions; gives one line a build: `{ line, ok }`. */
export function checkManifests(browsers = ['chrome', 'firefox'], output = OUTPUT) {
  return browsers.map((browser) => {
    const folder = join(output, `${browser}-mv3`)
    const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'))
    const faults = [...manifestFaults(manifest), ...codeFromText(folder), ...languageFaults(folder)]
    const asks = () => `asks for ${manifest.permissions.join(', ')}, later for ${OPTIONAL.join(', ')}, and for each site by itself; speaks ${LANGUAGES.join(', ')}`
    return { ok: faults.length === 0, line: `${browser}: ${faults.length === 0 ? asks() : faults.join(' ')}` }
  })
}
