import { chmodSync, existsSync, rmSync, writeFileSync } from 'node:fs'
import { isDebian } from '../run/ensure-browser.mjs'
import { during, runProgram } from '../run/processes.mjs'

/** The applications and what they run on. Of the servers only their cores where Debian has them: they are started by hand. */
const PACKAGES = [
  'wordpress', 'wordpress-theme-twentytwentythree', 'mariadb-server-core', 'mariadb-client-core', 'roundcube-core', 'roundcube-sqlite3', 'php-cli', 'php-mysql', 'php-sqlite3', 'dovecot-imapd',
]

/** Servers that come as a dependency and would start with the computer. */
const SERVICES = ['apache2', 'dovecot', 'mariadb']
/** Asked by Debian before it starts what it has just installed; 101 is "do not". */
const START_POLICY = '/usr/sbin/policy-rc.d'

/** Installs what is missing. Resolves to null, or to one sentence that says why the applications cannot be had here. */
export async function ensurePackages() {
  if (!isDebian()) return 'the applications are Debian packages, and this is neither Debian nor Ubuntu.'
  const { output: state } = await runProgram('dpkg-query', ['-W', '-f', '${Package} ${db:Status-Status}\n', ...PACKAGES], { quiet: true })
  const missing = PACKAGES.filter((name) => !state.split('\n').includes(`${name} installed`))
  if (!missing.length) return null
  if (process.getuid?.() !== 0) return `${missing.join(', ')} are not installed, and only root may: run "sudo apt-get install --no-install-recommends ${missing.join(' ')}" first.`
  const env = { DEBIAN_FRONTEND: 'noninteractive' }
  const before = SERVICES.filter((name) => existsSync(`/etc/init.d/${name}`))
  const ours = !existsSync(START_POLICY)
  if (ours) {
    writeFileSync(START_POLICY, '#!/bin/sh\nexit 101\n')
    chmodSync(START_POLICY, 0o755)
  }
  try {
    const { code, output } = await during(`Installing ${missing.join(', ')}, about a minute`, async () => {
      await runProgram('apt-get', ['update', '-qq'], { quiet: true, env })
      return runProgram('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing], { quiet: true, env })
    })
    if (code !== 0) return `apt-get could not install ${missing.join(', ')}:\n${output.trim().split('\n').slice(-5).join('\n')}`
    // Only what this run brought, and only its start with the computer.
    for (const name of SERVICES) if (!before.includes(name) && existsSync(`/etc/init.d/${name}`)) await runProgram('update-rc.d', [name, 'disable'], { quiet: true })
    return null
  } finally {
    if (ours) rmSync(START_POLICY, { force: true })
  }
}
