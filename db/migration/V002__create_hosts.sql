CREATE TABLE host (
  id            uuid PRIMARY KEY,
  name          text NOT NULL UNIQUE CHECK (name ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$'),
  state         text NOT NULL CHECK (state IN ('active', 'draining', 'quarantined', 'needs_review')),
  -- Random id of the running agent; another one means that the agent lost its state.
  agent         text NOT NULL,
  cores         integer NOT NULL CHECK (cores >= 1),
  memory_bytes  bigint CHECK (memory_bytes > 0),
  architecture  text NOT NULL,
  facts         jsonb NOT NULL,
  created_at    timestamptz NOT NULL,
  last_seen_at  timestamptz NOT NULL
);

CREATE TABLE interpreter (
  host_id         uuid NOT NULL REFERENCES host ON DELETE CASCADE,
  id              text NOT NULL,
  line            text NOT NULL,
  version         text NOT NULL,
  implementation  text NOT NULL,
  gil             text NOT NULL CHECK (gil IN ('always', 'on', 'off')),
  jit             text NOT NULL CHECK (jit IN ('unavailable', 'off', 'on')),
  pgo             boolean NOT NULL,
  lto             boolean NOT NULL,
  compiler        text NOT NULL,
  sha256          text NOT NULL,
  executable      text NOT NULL,
  source          text NOT NULL,
  usable          boolean NOT NULL,
  reason          text CHECK (usable OR reason IS NOT NULL),
  PRIMARY KEY (host_id, id, executable)
);

CREATE TABLE hardware_profile (
  name         text PRIMARY KEY,
  description  text NOT NULL
);

INSERT INTO hardware_profile (name, description) VALUES ('any', 'Any host with a worker');
