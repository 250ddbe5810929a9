/** What benches have in common: quantiles, rows of figures, and how they are printed. */

/** The value below which the share `q` of the values lies. */
export const quantile = (values, q) => [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * q))]
export const median = (values) => quantile(values, 0.5)

/** A figure. `goal`: at most this, or at least where `most` is false; null for one that is only shown. */
export const figure = (name, value, goal = null, unit = '', most = true) => {
  const rounded = Math.round(value * 1000) / 1000
  return { figure: name, value: rounded, goal, met: goal === null ? null : most ? rounded <= goal : rounded >= goal, unit, most }
}

/** Median of ratios in per cent more than one, with the 95 % interval that order statistics give: nothing is assumed of how the noise is spread. */
export function moreThan(ratios) {
  const sorted = [...ratios].sort((a, b) => a - b)
  const reach = Math.min(sorted.length >> 1, Math.ceil(0.98 * Math.sqrt(sorted.length)))
  const half = sorted.length >> 1
  const more = (at) => (sorted[Math.min(sorted.length - 1, at)] - 1) * 100
  return { middle: more(half), low: more(half - reach), high: more(half + reach) }
}

/** Prints figures: as [{figure, value, goal, met}] for machines, else as a table. */
export function printFigures(rows, json) {
  if (json) {
    console.log(JSON.stringify(rows.map(({ figure: name, value, goal, met }) => ({ figure: name, value, goal, met }))))
    return
  }
  const width = Math.max(...rows.map(({ figure: name }) => name.length))
  for (const { figure: name, value, goal, met, unit = '', most } of rows) {
    console.log(`${name.padEnd(width)}  ${String(value).padStart(9)} ${unit.padEnd(7)} ${goal === null ? '' : `goal ${most === false ? 'at least' : 'at most'} ${goal}  ${met ? 'met' : 'NOT MET'}`}`)
  }
}
