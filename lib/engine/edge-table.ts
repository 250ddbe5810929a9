/**
 * Edges from state by symbol to the next state, all whole numbers of 32 bits; the next is never 0. Lists of 50,000 entries have several times as many edges: a `Map` would need
 * state and symbol as one number, which is too large to be kept in place, so that each edge would cost an object and its hash.
 */
export class EdgeTable {
  size = 0
  /** In the order in which they were added; what lies behind `size` is no edge. */
  states = new Int32Array(1_024)
  symbols = new Int32Array(1_024)
  to = new Int32Array(1_024)
  /** Open-addressed: numbers of edges, from 1 on; at most half full. */
  private slots = new Int32Array(2_048)

  /** The next state, 0 where there is no such edge. */
  get(state: number, symbol: number): number {
    const edge = this.slots[this.slotOf(state, symbol)] as number
    return edge === 0 ? 0 : (this.to[edge - 1] as number)
  }

  /** Adds an edge that is not there yet. */
  add(state: number, symbol: number, next: number): void {
    if (this.size === this.states.length) this.grow()
    this.states[this.size] = state
    this.symbols[this.size] = symbol
    this.to[this.size] = next
    this.size += 1
    this.slots[this.slotOf(state, symbol)] = this.size
  }

  /** Where the edge is, or would be put. */
  private slotOf(state: number, symbol: number): number {
    const mask = this.slots.length - 1
    const spread = Math.imul(Math.imul(state, 0x9e3779b1) ^ symbol, 0x85ebca6b)
    let slot = (spread ^ (spread >>> 15)) & mask
    for (;;) {
      const edge = (this.slots[slot] as number) - 1
      if (edge < 0 || (this.states[edge] === state && this.symbols[edge] === symbol)) return slot
      slot = (slot + 1) & mask
    }
  }

  private grow(): void {
    const double = (old: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> => {
      const next = new Int32Array(old.length * 2)
      next.set(old)
      return next
    }
    ;[this.states, this.symbols, this.to] = [double(this.states), double(this.symbols), double(this.to)]
    this.slots = new Int32Array(this.slots.length * 2)
    for (let edge = 0; edge < this.size; edge++) this.slots[this.slotOf(this.states[edge] as number, this.symbols[edge] as number)] = edge + 1
  }
}
