import { useQuery } from '@tanstack/preact-query';
import { CopyLink } from '../../components/controls';
import { Loaded } from '../../components/Loaded';
import { Page } from '../../components/Page';
import { EqualArmsFigure } from '../../features/instrument/EqualArmsFigure';
import { History } from '../../features/instrument/History';
import { SelfTests } from '../../features/instrument/SelfTests';
import { instrumentQuery } from '../../lib/queries';
import { text, useUrlState } from '../../lib/url';
import '../../styles/instrument.css';

const CODECS = { test: text() };

/** How often the instrument itself is right, measured where the answer is known. */
export default function InstrumentPage() {
  const query = useQuery(instrumentQuery);
  const [{ test }] = useUrlState(CODECS);
  return (
    <Page
      title="Instrument"
      lead="How far can the figures of this installation be trusted?"
      actions={<CopyLink />}
    >
      <p class="about">
        An instrument test measures something whose answer is known and counts how often Lanes finds
        it. One is always running: every comparison group measures its baseline twice, and each time
        the two are told apart is a false alarm. A 95 % interval should raise one in about 5 of 100
        cases: more means that differences are not real, fewer that intervals are wider than they
        need to be.
      </p>
      <Loaded query={query} height={640}>
        {({ placebo, self_tests: tests }) => (
          <>
            <EqualArmsFigure placebo={placebo} />
            <SelfTests tests={tests} />
            {test !== '' && <History name={test} />}
          </>
        )}
      </Loaded>
    </Page>
  );
}
