-- Figures of the benchmarks of the instrument itself, as they were sent; none is ever overwritten.
CREATE TABLE self_test (
  id           uuid PRIMARY KEY,
  -- Name of the benchmark: 'equal-arms', 'injected-slowdown', …
  name         text NOT NULL CHECK (name ~ '^[a-z][a-z0-9-]{0,62}$'),
  host_name    text NOT NULL,
  -- Version and digest of the code that was tested.
  version      text NOT NULL,
  parameters   jsonb NOT NULL,
  figures      jsonb NOT NULL,
  -- Each: its name, what was asked, what was found, whether it holds.
  gates        jsonb NOT NULL,
  -- Whether all gates hold.
  passed       boolean NOT NULL,
  started_at   timestamptz NOT NULL,
  seconds      double precision NOT NULL CHECK (seconds >= 0),
  submitted_by text NOT NULL,
  created_at   timestamptz NOT NULL
);
-- Ids grow with time.
CREATE INDEX self_test_name ON self_test (name, id DESC);
CREATE INDEX self_test_host ON self_test (name, host_name, id DESC);
