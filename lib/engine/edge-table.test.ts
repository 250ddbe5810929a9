import { expect, it } from 'vitest'
import { randomFrom } from '../../test/bench/random.mjs'
import { EdgeTable } from './edge-table.ts'

it('finds what a map finds, through every growth, negative symbols too, and keeps the order in which edges came', () => {
  const random = randomFrom(7)
  const [table, map] = [new EdgeTable(), new Map<string, number>()]
  for (let next = 1; next <= 20_000; next++) {
    // Few states and symbols, so that many edges are asked for again, and neighbours collide.
    const [state, symbol] = [Math.floor(random() * 300), Math.floor(random() * 120) - 20]
    const known = map.get(`${state} ${symbol}`) ?? 0
    if (table.get(state, symbol) !== known) throw new Error(`${state} ${symbol} is ${table.get(state, symbol)} and not ${known}`)
    if (known !== 0) continue
    map.set(`${state} ${symbol}`, next)
    table.add(state, symbol, next)
  }
  expect(table.size).toBe(map.size)
  expect(table.size).toBeGreaterThan(10_000)
  const kept = Array.from({ length: table.size }, (_, edge) => [`${table.states[edge]} ${table.symbols[edge]}`, table.to[edge]])
  expect(kept).toEqual([...map])
})
