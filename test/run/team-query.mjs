// `npm run team:query`: installs the engine the first time, then `test/query/main.ts` answers.
import { join } from 'node:path'
import { ROOT, tool } from './paths.mjs'
import { runNode } from './processes.mjs'
import { setup } from './setup.mjs'

await setup([join(ROOT, 'test', 'query')])
const { code } = await runNode(tool('tsx'), [join(ROOT, 'test', 'query', 'main.ts'), ...process.argv.slice(2)])
process.exitCode = code
