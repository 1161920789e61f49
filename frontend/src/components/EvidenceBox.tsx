import type { Evidence } from '../lib/api';

/** What a process left behind: how it ended, and the end of what it wrote. */
export function EvidenceBox({ evidence }: { evidence: Evidence }) {
  const { exit_signal: signal, exit_code: code, traceback, stderr_tail: stderr } = evidence;
  const end = [signal && `signal ${signal}`, code != null && `exit code ${code}`].filter(Boolean);
  return (
    <div class="evidence">
      {end.length > 0 && <p class="quiet">Ended with {end.join(', ')}</p>}
      {traceback && <Output title="Traceback" text={traceback} />}
      {stderr && <Output title="End of standard error" text={stderr} />}
    </div>
  );
}

function Output({ title, text }: { title: string; text: string }) {
  return (
    <details>
      <summary>{title}</summary>
      <pre class="code" tabIndex={0}>
        {text}
      </pre>
    </details>
  );
}
