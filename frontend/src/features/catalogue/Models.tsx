import { Glyph } from '../../components/Glyph';
import type { Model } from '../../lib/api';

/** Every execution model with what it starts and how work is handed over. */
export function Models({ models }: { models: readonly Model[] }) {
  return (
    <section class="card">
      <h2>Execution models</h2>
      <p class="subtitle">how the tasks of a workload are spread</p>
      <ul class="entries side-by-side">
        {models.map((model) => (
          <li key={model.id} id={`model-${model.id}`}>
            <h3>
              <Glyph model={model.id} /> {model.title} <code>{model.id}</code>
            </h3>
            <p>{model.summary}</p>
            <dl>
              <dt>Starts</dt>
              <dd>{model.starts}</dd>
              <dt>Hands over</dt>
              <dd>{model.handover}</dd>
              <dt>Create holds</dt>
              <dd>{model.create}</dd>
              <dt>Runs</dt>
              <dd>{model.serves ? 'tasks and servers' : 'tasks'}</dd>
              {model.since && (
                <>
                  <dt>Needs</dt>
                  <dd>CPython {model.since} or later</dd>
                </>
              )}
            </dl>
          </li>
        ))}
      </ul>
    </section>
  );
}
