import { cleanup, render, screen } from '@testing-library/preact';
import { afterEach, expect, it } from 'vitest';
import { Verdicts } from './ClaimCard';
import { aClaim, aFinding, aJudgement } from './claims.fixture';
import { bandWords, measurable, passes, ratioWords, told } from './claims';
import { ConditionCard } from './ConditionCard';

afterEach(cleanup);

const untested = (interpreter: string, ...missing: string[]) =>
  aJudgement({ interpreter, verdict: 'not_testable', missing, run: null, findings: [] });

it('shows a claim under each verdict that it has somewhere', () => {
  const claim = aClaim({ verdicts: [aJudgement(), aJudgement({ verdict: 'refuted' })] });
  expect(passes(claim, 'confirmed')).toBe(true);
  expect(passes(claim, 'refuted')).toBe(true);
  expect(passes(claim, 'inconclusive')).toBe(false);
  expect(passes(claim, 'informational')).toBe(false);
  expect(passes(aClaim({ kind: 'informational', verdicts: [] }), 'informational')).toBe(true);
});

it('says once what several interpreters lack', () => {
  const both = [untested('cpython-3.13', '4 processors'), untested('cpython-3.14', '4 processors')];
  expect(told([aJudgement(), ...both])).toEqual([
    { verdict: 'confirmed', host: 'w1', interpreters: ['cpython-3.14'], missing: [] },
    {
      verdict: 'not_testable',
      host: 'w1',
      interpreters: ['cpython-3.13', 'cpython-3.14'],
      missing: ['4 processors'],
    },
  ]);
});

it('offers to measure only what a host can measure', () => {
  expect(measurable(aClaim())).toBe(true);
  expect(measurable(aClaim({ verdicts: [untested('x', 'not measured yet')] }))).toBe(true);
  expect(measurable(aClaim({ verdicts: [untested('x', '4 processors')] }))).toBe(false);
  expect(measurable(aClaim({ suite: null, verdicts: [] }))).toBe(false);
});

it('says a band and a ratio in words', () => {
  expect(bandWords({ baseline: {}, band: { low: 0.8, high: 1.6 } })).toBe('0.800 to 1.60');
  expect(bandWords({ baseline: {}, band: { low: null, high: 1 } })).toBe('at most 1.00');
  expect(bandWords({ baseline: {}, band: { low: 2.8, high: null } })).toBe('at least 2.80');
  expect(bandWords({ baseline: {}, band: null })).toContain('decides nothing');
  expect(bandWords({ baseline: null, band: null })).toContain('succeed');
  expect(ratioWords(aFinding())).toBe('1.20 [1.10, 1.31]');
  expect(ratioWords(aFinding({ ci_low: null }))).toBe('1.20');
  expect(ratioWords(aFinding({ ratio: null }))).toBe('–');
});

it('tells each verdict with its place, and what is missing', () => {
  render(<Verdicts claim={aClaim({ verdicts: [aJudgement(), untested('x', '4 processors')] })} />);
  const [first, second] = screen.getAllByRole('listitem');
  expect(first?.textContent).toBe(' confirmed on cpython-3.14 of w1');
  expect(second?.textContent).toBe(' not testable on x of w1; missing: 4 processors');
});

it('has the figures of a condition in a table, with what speaks against them', () => {
  const finding = aFinding({
    paired: false,
    warnings: [{ code: 'few_rounds', sentence: '6 rounds, fewer than 10' }],
  });
  render(
    <ConditionCard
      number={0}
      condition={{
        says: 'interpreters over threads',
        measure: 'steady_seconds',
        contender: {},
        baseline: {},
        scale: null,
        band: { low: 0.8, high: 1.6 },
      }}
      verdicts={[aJudgement({ findings: [finding] })]}
    />,
  );
  const row = screen.getByRole('row', { name: /cpython-3.14/ });
  expect(row.textContent).toContain('1.20 [1.10, 1.31]');
  expect(row.textContent).toContain('unpaired');
  expect(row.textContent).toContain('fewer than 10');
  expect(screen.getByRole('link', { name: 'contender' }).getAttribute('href')).toBe('/cells/c1');
});
