import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { parse as parseYaml } from 'yaml'
import { compileRuleset, createExplainer, createScanner, type RulePack } from '../engine/index.ts'
import { scanOptions } from '../engine/scan-options.ts'
import { formatProblem } from '../packs/index.ts'
import { loadPacks } from '../packs/node/load.ts'
import { defaultPolicy, teamSuppressions, type Policy } from '../policy/index.ts'
import { PolicyFileError, readPolicyFile } from '../policy/schema.ts'
import { linesOf, quitOnClosedPipe, writeLine } from './lines.ts'
import { reviewLine, reviewMarks } from './review-line.ts'

const USAGE = `Reviews drafts without a browser: the same engine, packs, origin and policy.

  npm run -s review -- [--pack PATH]... [--policy PATH] [--entities] [--explain] < drafts.jsonl > reviews.jsonl

In, one JSON object a line: {"id", "text"} or {"id", "html"}, and if known "subject", "to": [], "site", "locale",
"paste": {"html", "text"} (what was pasted), "typed": true.
Out, one line each, in order: {"id", "text", "findings", "origin", "requirement"}; "start" and "end" are UTF-16 offsets into "text"
(a finding with "field": "subject" points into the subject). A line that cannot be reviewed gives {"id", "error"} and exit status 1.

--pack      a pack's folder or its built JSON; may be given more than once. Without it, all built-in packs.
--policy    a policy in JSON or YAML; what it does not say stays as in the default policy.
--entities  also list what the pattern language sees: money, percent, date, phone, email, ...
--explain   also say, block by block, why a text was or was not flagged: tokens, entities, what suppressed a match, the nearest rules.

A line that says nothing of its origin gets the full requirement; one with "typed" or "paste" the requirement that the browser would ask.
`

/** A mistake in how the command was called, or in a file it was given: said in one sentence, exit status 2. */
class UsageError extends Error {}

const BUILTIN = join(import.meta.dirname, '../packs/builtin')

/** Packs from folders and files; a pack that does not load stops the run, because a review with half of its rules looks like a clean one. */
function packsFrom(paths: readonly string[]): RulePack[] {
  const loaded = (paths.length > 0 ? paths : [BUILTIN]).map((path) => loadPacks(path))
  const problems = loaded.flatMap((result) => result.problems)
  if (problems.length > 0) throw new UsageError(problems.map(formatProblem).join('\n'))
  return loaded.flatMap((result) => result.packs.map(({ pack }) => pack))
}

async function loadPolicy(path: string | undefined): Promise<Policy> {
  if (path === undefined) return defaultPolicy()
  try {
    return readPolicyFile(parseYaml(await readFile(path, 'utf8')))
  } catch (error) {
    const said = error instanceof PolicyFileError ? error.problems.map(({ where, what, todo }) => `${path}: ${where}: ${what} ${todo}`) : [`${path}: ${error instanceof Error ? error.message : String(error)}`]
    throw new UsageError(said.join('\n'), { cause: error })
  }
}

async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      pack: { type: 'string', multiple: true }, policy: { type: 'string' }, entities: { type: 'boolean' }, explain: { type: 'boolean' }, help: { type: 'boolean', short: 'h' },
    },
  })
  if (values.help) {
    await writeLine(process.stdout, USAGE)
    return 0
  }
  const [packs, policy] = [packsFrom(values.pack ?? []), await loadPolicy(values.policy)]
  const tools = { scanner: createScanner(compileRuleset(packs), scanOptions), policy, suppressions: teamSuppressions(packs), marks: reviewMarks(packs.flatMap((pack) => pack.marks ?? [])), entities: values.entities ?? false, explain: values.explain ? createExplainer(packs, scanOptions.languageOf) : null }
  quitOnClosedPipe(process.stdout)
  let status = 0
  for await (const line of linesOf(process.stdin)) {
    if (line.text?.trim() === '') continue
    const { json, ok } = reviewLine(line.text, tools)
    if (!ok) status = 1
    await writeLine(process.stdout, json)
  }
  return status
}

main(process.argv.slice(2)).then(
  (status) => { process.exitCode = status },
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : String(error))
    process.exitCode = 2
  },
)
