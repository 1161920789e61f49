CREATE TABLE token (
  id           uuid PRIMARY KEY,
  name         text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  role         text NOT NULL CHECK (role IN ('viewer', 'submitter', 'admin', 'worker')),
  -- A worker speaks for one host only.
  host_name    text CHECK ((host_name IS NOT NULL) = (role = 'worker')),
  -- The token itself is shown once and kept nowhere.
  sha256       bytea NOT NULL UNIQUE CHECK (octet_length(sha256) = 32),
  created_at   timestamptz NOT NULL,
  revoked_at   timestamptz
);
