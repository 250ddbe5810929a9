const OPENINGS = ['Thank you for the call on Tuesday.', 'The team looked at your notes and has three remarks.', 'Here is where the project stands this week.', 'As agreed, the revised plan is below.']
const PLAIN = [
  'The second workshop is moved to the larger room, because more people signed up than we expected.',
  'Nothing changes for the colleagues in Lyon, who keep their present schedule until the end of the month.',
  'We compared both drafts line by line and kept the shorter wording wherever the meaning stayed the same.',
  'The new form asks for fewer fields, loads faster on a phone and saves what was typed when the page is closed.',
  'If anything is unclear, write to the address on the last page and somebody will answer the same day.',
  'The pilot ran for six weeks in two offices, with the same training material and the same opening hours.',
]
const RISKY = [
  'Sign before Friday and you get 20% off the first year.',
  'We guarantee that the migration is finished by 31 March.',
  'The licence costs 1,299.00 EUR per year, taxes included.',
  'Clinically proven to lower blood pressure in ten days.',
  'According to a recent study, 73% of companies save money this way.',
  'We will delete your account on Monday and this cannot be undone.',
]

/** A made-up business article of about `words` words in paragraphs; one sentence in nine carries risk, some have curly quotes and no-break spaces. */
export function article(words: number): string {
  const lines: string[] = []
  let count = 0
  for (let at = 0; count < words; at++) {
    const sentences = [OPENINGS[at % 4], ...[1, 2, 3].map((step) => PLAIN[(at * 3 + step) % 6]), at % 2 ? RISKY[(at >> 1) % 6] : PLAIN[at % 6]]
    const line = sentences.join(' ').replace(/ (\d)/g, at % 5 ? ' $1' : '\u00a0$1').replace(/'/g, '\u2019')
    lines.push(line)
    count += line.split(' ').length
  }
  return lines.join('\n')
}
