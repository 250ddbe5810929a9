/** Line for a name. Grey until signed; then the name is drawn in ink from its start. The serif italic is used for nothing else. */
export function SignatureLine({ name, signed }: { readonly name: string; readonly signed: boolean }) {
  return (
    <div className={signed ? 'sigline signed' : 'sigline'}>
      <span className="x" aria-hidden="true">×</span>
      <bdi className={signed ? 'sig-draw' : 'faint'}>{name}</bdi>
    </div>
  )
}

/** One segment a finding, settled ones first. `label` says it in words. */
export function SettledBar({ settled, total, label }: { readonly settled: number; readonly total: number; readonly label: string }) {
  return (
    <div className="bar" role="img" aria-label={label}>
      {Array.from({ length: total }, (_, index) => <i key={index} className={index < settled ? 'done' : ''} />)}
    </div>
  )
}
