-- A run that looks for the size at which one overtakes another: it gets further jobs, with sizes that
-- its own figures ask for, until the answer is tight enough.
CREATE TABLE size_search (
  run_id   uuid PRIMARY KEY REFERENCES run ON DELETE CASCADE,
  -- The axis of the size, and the axis whose two values are compared.
  x        text NOT NULL,
  pivot    text NOT NULL,
  a        text NOT NULL,
  b        text NOT NULL CHECK (b <> a),
  measure  text NOT NULL,
  -- Width of the interval that is asked for: 1 where its ends differ by a factor of 2.
  octaves  double precision NOT NULL CHECK (octaves > 0),
  state    text NOT NULL CHECK (state IN ('searching', 'found', 'ended')),
  -- Jobs that were added to the first one.
  steps    integer NOT NULL DEFAULT 0 CHECK (steps >= 0),
  -- Why it ended without an answer.
  reason   text CHECK ((reason IS NOT NULL) = (state = 'ended'))
);
CREATE INDEX size_search_open ON size_search (run_id) WHERE state = 'searching';

-- Sizes of different hosts cannot be put on one curve: what is added is measured where the first was.
ALTER TABLE job ADD COLUMN only_host_id uuid REFERENCES host;
