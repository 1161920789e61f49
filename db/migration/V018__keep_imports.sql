-- Results of other programs, as they were sent. They are read anew whenever they are shown, and are
-- never among the figures that were measured here.
CREATE TABLE import (
  id          uuid PRIMARY KEY,
  name        text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  format      text NOT NULL CHECK (format IN ('pyperf', 'asv')),
  benchmarks  integer NOT NULL CHECK (benchmarks > 0),
  content     bytea NOT NULL CHECK (octet_length(content) > 0),
  -- The same file is the same import.
  sha256      bytea NOT NULL UNIQUE CHECK (octet_length(sha256) = 32),
  owner       text NOT NULL,
  created_at  timestamptz NOT NULL
);
