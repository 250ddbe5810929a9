import { fileURLToPath } from 'node:url'
import { defineConfig } from 'wxt'
import { languageData } from './lib/packs/node/language-data.ts'
import { builtinPacks } from './lib/packs/node/vite-plugin.ts'
import { bundleReport } from './test/run/bundle-report.mjs'

/** Where a build writes down what its scripts are made of; set by `npm run supply`. */
const report = process.env['COUNTERSIGN_REPORT']

/** Sites are asked for one by one (`optional_host_permissions`); nothing is granted at install. */
export default defineConfig({
  modules: ['@wxt-dev/module-react'],
  imports: false,
  outDir: process.env['COUNTERSIGN_OUT'] ?? '.output',
  manifestVersion: 3,
  // The watch build is loaded by hand: opening a browser fails for root and in containers, and the practice desk opens its own.
  webExt: { disabled: true },
  vite: () => ({
    plugins: [builtinPacks(), languageData(), ...(report ? [bundleReport(report)] : [])],
    resolve: { alias: { 'wxt/utils/content-script-context': fileURLToPath(new URL('./lib/guard/script-context.ts', import.meta.url)) } },
    build: { target: 'chrome137' },
  }),
  zip: { name: 'countersign', excludeSources: ['test/!(run)/**', '.ci/**'] },
  manifest: ({ browser, command }) => ({
    name: '__MSG_extName__',
    short_name: 'Countersign',
    description: '__MSG_extDescription__',
    // A compiled ruleset goes to a frame as it is. A browser that does not know this sends JSON, and the ruleset as base64 in it.
    ...(browser === 'firefox' ? {} : { message_serialization: 'structured_clone' }),
    default_locale: 'en',
    ...(browser === 'firefox'
      ? { browser_specific_settings: { gecko: { id: 'countersign@countersign.invalid', strict_min_version: '140.0', data_collection_permissions: { required: ['none'] } } } }
      : { minimum_chrome_version: '137' }),
    // `activeTab` gives the popup the address of the page it was opened on, and nothing before that press.
    // What a browser's administrator may set. Firefox takes its values from its own policy file and knows no such outline.
    ...(browser === 'firefox' ? {} : { storage: { managed_schema: 'managed-schema.json' } }),
    permissions: ['activeTab', 'storage', 'unlimitedStorage', 'scripting', 'alarms'],
    // Asked for when somebody awaits a signature, so that they are told of it while they work elsewhere.
    optional_permissions: ['notifications'],
    optional_host_permissions: ['https://*/*', 'http://*/*'],
    host_permissions: [],
    content_security_policy: {
      // The watch build alone also talks to its own server, which says when something changed.
      extension_pages: `default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self' https:${command === 'serve' ? ' ws://localhost:*' : ''}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    },
    action: { default_title: '__MSG_extName__' },
  }),
})
