import { Component, type ReactNode } from 'react'
import { Button, Icon, t } from '../ui/index.ts'
import { messageOf } from './files.ts'

interface BoundaryProps {
  readonly title: string
  readonly children: ReactNode
}

/** In place of a page that could not be shown: what is wrong, what still works, and another try. Give it a `key` of the page, so that going elsewhere starts afresh. */
export class Boundary extends Component<BoundaryProps, { readonly error: unknown }> {
  override state: { readonly error: unknown } = { error: null }

  static getDerivedStateFromError(error: unknown): { error: unknown } {
    return { error: error ?? new Error('unknown error') }
  }

  override render(): ReactNode {
    if (this.state.error === null) return this.props.children
    return (
      <>
        <div className="vh1"><h1>{this.props.title}</h1></div>
        <div className="banner t-block" role="alert">
          <Icon name="warning" />
          <div className="col" style={{ gap: 6 }}>
            <b>{t('dashStorageFailed')}</b>
            <span className="small">{t('dashStorageFailedHelp', messageOf(this.state.error))}</span>
            <span><Button onClick={() => this.setState({ error: null })}>{t('dashTryAgain')}</Button></span>
          </div>
        </div>
      </>
    )
  }
}
