import type { ComponentChildren } from 'preact';
import type { HostDetail } from '../../lib/api';
import { ago, capacity, dateTime } from '../../lib/format';
import { useNow } from '../../lib/hooks';
import { Chips } from './Chips';
import { ENVIRONMENT, valueOf } from './hosts';
import { Standing } from '../../components/Standing';

/** What a host is, and what decides whether its figures may be compared over time. */
export function HostFacts({ detail: { host, environment } }: { detail: HostDetail }) {
  const now = useNow();
  const labels = Object.entries(host.labels).map(([label, value]) => `${label}=${value}`);
  return (
    <div class="two">
      <section class="card" aria-labelledby="standing">
        <h2 id="standing">Standing</h2>
        <dl class="facts">
          <Fact name="state">
            <Standing host={host} />
          </Fact>
          <Fact name="seen">
            <time dateTime={host.last_seen_at} title={dateTime(host.last_seen_at)}>
              {ago(host.last_seen_at, now)}
            </time>
          </Fact>
          <Fact name="profiles">
            <Chips words={host.profiles} none="none" />
          </Fact>
          <Fact name="labels">
            <Chips words={labels.sort()} none="none" />
          </Fact>
          <Fact name="memory">
            {host.memory_bytes === null ? 'not told' : capacity(host.memory_bytes)}
          </Fact>
        </dl>
      </section>
      <section class="card" aria-labelledby="environment">
        <h2 id="environment">Environment</h2>
        <p class="subtitle">another one means that figures may not be compared over time</p>
        {environment ? (
          <dl class="facts">
            {ENVIRONMENT.map(([key, name]) => (
              <Fact key={key} name={name}>
                {valueOf(key, environment.facts[key])}
              </Fact>
            ))}
            <Fact name="first seen">{dateTime(environment.first_seen_at)}</Fact>
            <Fact name="fingerprint">
              <code title={environment.fingerprint}>{environment.fingerprint.slice(0, 12)}</code>
            </Fact>
          </dl>
        ) : (
          <p>Not known yet: it comes with the next start of the worker.</p>
        )}
      </section>
    </div>
  );
}

function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
