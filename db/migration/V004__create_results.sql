-- How a cell ended in one attempt. Counts when the attempt is its job's current one.
CREATE TABLE cell_result (
  cell_id      uuid NOT NULL REFERENCES cell ON DELETE CASCADE,
  fence        bigint NOT NULL REFERENCES attempt ON DELETE CASCADE,
  outcome      text NOT NULL CHECK (outcome IN (
                 'succeeded', 'unsupported', 'wrong_result', 'exception', 'import_error',
                 'gil_mismatch', 'crashed', 'timed_out', 'out_of_memory', 'cancelled',
                 'not_measured')),
  reason       text CHECK (outcome = 'succeeded' OR reason IS NOT NULL),
  evidence     jsonb,
  build        text,
  rounds       integer NOT NULL CHECK (rounds >= 0),
  -- Batches per slice, the same in every round.
  loops        integer NOT NULL CHECK (loops >= 0),
  -- Why the asked precision was not reached.
  imprecise    text,
  environment  jsonb NOT NULL,
  PRIMARY KEY (cell_id, fence)
);

-- One row per round, not per value: an array costs eight bytes a value, a row some forty more.
CREATE TABLE sample (
  cell_id   uuid NOT NULL REFERENCES cell ON DELETE CASCADE,
  fence     bigint NOT NULL REFERENCES attempt ON DELETE CASCADE,
  measure   text NOT NULL,
  round     integer NOT NULL CHECK (round >= 0),
  -- How many of the first values are warm-up: kept and flagged, never averaged.
  warmups   smallint NOT NULL CHECK (warmups >= 0),
  -- In the unit of the measure, in the order of turns.
  "values"  double precision[] NOT NULL CHECK (cardinality("values") > warmups),
  PRIMARY KEY (cell_id, fence, measure, round)
);

-- What the samples of one cell say: the median over rounds of each round's median.
CREATE TABLE measure_summary (
  cell_id  uuid NOT NULL REFERENCES cell ON DELETE CASCADE,
  fence    bigint NOT NULL REFERENCES attempt ON DELETE CASCADE,
  measure  text NOT NULL,
  rounds   integer NOT NULL CHECK (rounds >= 1),
  median   double precision NOT NULL,
  -- 95 % interval of the median; none with fewer rounds than one exists for.
  ci_low   double precision,
  ci_high  double precision,
  PRIMARY KEY (cell_id, fence, measure),
  CHECK ((ci_low IS NULL) = (ci_high IS NULL)),
  CHECK (ci_low IS NULL OR (ci_low <= median AND median <= ci_high))
);
