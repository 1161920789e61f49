import { useQuery } from '@tanstack/preact-query';
import { useEffect, useRef } from 'preact/hooks';
import { Loaded } from '../../components/Loaded';
import { counted } from '../../lib/format';
import { selfTestsQuery } from '../../lib/queries';
import { SelfTestTable } from './SelfTests';

/** Every stored result of one self-test, newest first. */
export function History({ name }: { name: string }) {
  const query = useQuery(selfTestsQuery(name));
  const section = useRef<HTMLElement>(null);
  useEffect(() => {
    section.current?.scrollIntoView();
    section.current?.focus({ preventScroll: true });
  }, [name]);
  return (
    <section ref={section} class="card" id="history" tabIndex={-1} aria-labelledby="history-title">
      <h2 id="history-title">History of {name}</h2>
      <Loaded query={query} height={160}>
        {(tests) =>
          tests.length === 0 ? (
            <p>
              No result yet. Run <code>src/bench/run {name}</code>.
            </p>
          ) : (
            <>
              <p class="subtitle">{counted(tests.length, 'result')}, newest first</p>
              <SelfTestTable label={`History of ${name}`} tests={tests} />
            </>
          )
        }
      </Loaded>
      <p>
        <a href="/instrument">Close the history</a>
      </p>
    </section>
  );
}
