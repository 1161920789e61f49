-- A placebo repeats its group's first subject, an anchor is frozen: neither was asked for.
ALTER TABLE cell ADD COLUMN role text NOT NULL DEFAULT 'subject'
  CHECK (role IN ('subject', 'placebo', 'anchor'));
-- Only for the rows that were there; from here on every cell says it.
ALTER TABLE cell ALTER COLUMN role DROP DEFAULT;
CREATE INDEX cell_placebo ON cell (job_id) WHERE role = 'placebo';

-- Whose precision ends the measuring: ids of measures.
ALTER TABLE run ADD COLUMN judged_measures text[] NOT NULL
  DEFAULT ARRAY['total_seconds', 'steady_seconds'] CHECK (cardinality(judged_measures) > 0);
ALTER TABLE run ALTER COLUMN judged_measures DROP DEFAULT;

ALTER TABLE cell_result
  ADD COLUMN turns integer NOT NULL DEFAULT 0 CHECK (turns >= 0),
  ADD COLUMN warmups integer NOT NULL DEFAULT 0 CHECK (warmups >= 0),
  -- How far the figures can be trusted; none where there are no figures, and none before this version.
  ADD COLUMN quality text
    CHECK (quality IN ('stable', 'noisy', 'imprecise', 'unstable', 'invalid')),
  ADD COLUMN quality_reasons jsonb NOT NULL DEFAULT '[]';
ALTER TABLE cell_result
  ALTER COLUMN turns DROP DEFAULT,
  ALTER COLUMN warmups DROP DEFAULT,
  ALTER COLUMN quality_reasons DROP DEFAULT;

-- What the host was like during one round of a comparison group. Dirty rounds stay and count.
CREATE TABLE round_evidence (
  fence             bigint NOT NULL REFERENCES attempt ON DELETE CASCADE,
  comparison_group  integer NOT NULL CHECK (comparison_group >= 0),
  round             integer NOT NULL CHECK (round >= 0),
  seconds           double precision NOT NULL CHECK (seconds >= 0),
  hash_seed         bigint NOT NULL,
  layout            text NOT NULL CHECK (layout IN ('turns', 'one_by_one')),
  sentinels         jsonb NOT NULL,
  counters          jsonb NOT NULL,
  -- Why the round is dirty, judged without any arm's time; empty for a clean one.
  disturbances      jsonb NOT NULL,
  PRIMARY KEY (fence, comparison_group, round)
);

-- What held for the whole attempt: placement, tuning, checks of the host, calibration. It comes
-- with the completion, so an open attempt has none.
ALTER TABLE attempt ADD COLUMN session jsonb NOT NULL DEFAULT '{}';
