import { figure, printFigures } from '../bench/figures.mjs'

/** What the `bench:*` commands of several parts have in common: what was asked for on the command line, and the run of those parts. */
export const json = process.argv.includes('--json')

/** Tells a person how far it is; machines get figures alone. */
export const say = (text) => { if (!json) console.error(text) }

/** The word behind `--name`, null where it is not asked for. */
export const word = (name) => {
  const at = process.argv.indexOf(`--${name}`)
  return at < 0 ? null : process.argv[at + 1] ?? ''
}

/** The whole number behind `--name`. */
export function number(name, otherwise, least = 1) {
  const given = word(name)
  const value = given === null ? otherwise : Number(given)
  return Number.isInteger(value) && value >= least ? value : refuse(`--${name} takes a whole number${least > 1 ? ` from ${least} on` : ''}`)
}

/** Ends the command with why it cannot run as it was asked to. */
export function refuse(why) {
  console.error(why)
  return process.exit(2)
}

/** The part behind `--only`, null for all of them. */
export function onlyOf(parts) {
  const only = word('only')
  return only === null || only in parts ? only : refuse(`--only takes ${Object.keys(parts).join(', ')}`)
}

/** Runs the parts one after the other and prints their figures as one table. */
export async function runParts(parts) {
  const rows = []
  for (const part of Object.values(parts)) rows.push(...(await part()))
  printFigures(rows.map((row) => figure(row.figure, row.value, row.goal, row.unit, row.most)), json)
}
