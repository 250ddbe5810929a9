// The walls of the house (ARCHITECTURE.md). A room may use the rooms named for it here and its own files, nothing else.
const rooms = {
  engine: [],
  packs: ['engine'], origin: ['engine'], sites: ['engine'], editors: ['engine'],
  policy: ['engine', 'packs', 'origin', 'sites', 'editors'],
  review: ['engine', 'packs', 'origin', 'sites', 'editors', 'policy'],
  learning: ['engine', 'packs', 'origin', 'sites', 'editors', 'policy', 'review'],
  guard: ['engine', 'packs', 'origin', 'sites', 'editors', 'policy', 'review'],
  store: ['engine', 'packs', 'origin', 'sites', 'editors', 'policy', 'review', 'guard', 'learning'],
  messages: ['engine', 'packs', 'origin', 'sites', 'editors', 'policy', 'review', 'guard', 'learning'],
  team: ['engine', 'packs', 'origin', 'sites', 'editors', 'policy', 'review', 'guard', 'learning', 'store'],
  cli: ['engine', 'packs', 'origin', 'sites', 'policy', 'review', 'learning'],
}
const pure = ['engine', 'packs', 'origin', 'policy', 'review', 'learning']
const room = (name) => `^lib/${name}/`

module.exports = {
  forbidden: [
    ...Object.entries(rooms).map(([name, allowed]) => ({
      name: `wall-${name}`, severity: 'error', comment: `lib/${name} may use only: ${allowed.join(', ') || 'nothing'}`,
      from: { path: room(name), pathNot: '\\.(browser\\.)?test\\.tsx?$' },
      to: { path: '^(lib|components|entrypoints)/', pathNot: [room(name), ...allowed.map(room)] },
    })),
    { name: 'nobody-imports-entrypoints', severity: 'error', from: { pathNot: '^entrypoints/' }, to: { path: '^entrypoints/' } },
    { name: 'entrypoints-stand-alone', severity: 'error', comment: 'entry points do not import each other', from: { path: '^entrypoints/([^/]+)' }, to: { path: '^entrypoints/', pathNot: '^entrypoints/$1' } },
    { name: 'lib-has-no-views', severity: 'error', from: { path: '^lib/' }, to: { path: '^components/' } },
    { name: 'dexie-only-in-store', severity: 'error', comment: 'IndexedDB is opened by lib/store alone', from: { pathNot: ['^(lib/store/|components/)', '\\.test\\.ts$'] }, to: { path: 'node_modules/dexie(/|$)' } },
    { name: 'no-store-in-content-scripts', severity: 'error', comment: 'in a content script IndexedDB would be the host page\'s', from: { path: '^entrypoints/[^/]+\\.content' }, to: { path: '^lib/(store|team)/|node_modules/dexie', reachable: true } },
    { name: 'guard-is-small', severity: 'error', comment: 'every frame pays for the guard: no React, no Zod, no YAML', from: { path: '^entrypoints/guard\\.content' }, to: { path: 'node_modules/(react|react-dom|zod|yaml|zustand)/', reachable: true } },
    { name: 'draft-has-no-react', severity: 'error', from: { path: '^entrypoints/draft\\.content' }, to: { path: 'node_modules/(react|react-dom|zod|yaml|zustand)/', reachable: true } },
    { name: 'pure-has-no-platform', severity: 'error', from: { path: `^lib/(${pure.join('|')})/`, pathNot: ['/node/', '\\.test\\.ts$'] }, to: { dependencyTypes: ['core'] } },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-tests-in-product', severity: 'error', from: { path: '^(lib|components|entrypoints)/', pathNot: '\\.test\\.tsx?$' }, to: { path: '^test/' } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '\\.wxt/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'] },
  },
}
