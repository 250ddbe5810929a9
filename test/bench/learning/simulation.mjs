import { fileURLToPath } from 'node:url'
import { loadPacks } from '../../../lib/packs/node/load.ts'
import { figuresOf, simulate } from '../../learning/simulate.ts'

/** Rows of the simulated team, 90 days long; the curve is told by `say`. */
export async function simulationRows({ reps }, say) {
  const packs = loadPacks(fileURLToPath(new URL('../../../lib/packs/builtin', import.meta.url))).packs.map(({ pack }) => pack)
  const options = { packs, seed: 1, reps, days: 90, draftsPerDay: 20 }
  const learning = simulate({ ...options, learning: true, onDay: (rep, day) => { if (day === 89) say(`person ${rep + 1} of ${reps}`) } })
  const without = simulate({ ...options, learning: false })
  const figures = figuresOf(learning, without)
  const most = Math.max(...figures.minutes)
  say('review minutes per 100 drafts without risk, by week')
  for (const [week, minutes] of figures.minutes.entries()) {
    const { missed, bad } = learning.weeks[week]
    say(`${String(week + 1).padStart(3)}  ${minutes.toFixed(1).padStart(5)}  ${'#'.repeat(Math.round((minutes / most) * 50)).padEnd(50)}  missed ${missed} of ${bad}, without learning ${without.weeks[week].missed}`)
  }
  const row = (figure, value, goal, least = false) => ({ figure, value, goal, most: !least, unit: '' })
  return [
    row(`repeated mistakes proposed within 5 corrections, of ${figures.planted}`, figures.proposedWithin5, 0.9, true), row(`wrong proposals, of ${figures.proposals}`, figures.wrongShare, 0.1),
    row('truly risky rules proposed to be lowered', figures.wronglyLowered.length, 0), row('review minutes of the last week beside the first', figures.after / figures.before, 0.5),
    row('missed risky spans, more than without learning', Math.max(0, figures.missed - figures.missedWithout), 0), row(`missed risky spans, of ${figures.bad}`, figures.missed, null),
  ]
}
