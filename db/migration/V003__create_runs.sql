CREATE TABLE run (
  id           uuid PRIMARY KEY,
  name         text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  owner        text NOT NULL,
  -- As it was submitted.
  spec         jsonb NOT NULL,
  labels       jsonb NOT NULL,
  priority     integer NOT NULL,
  state        text NOT NULL CHECK (state IN ('queued', 'running', 'completed', 'cancelled')),
  cells_total  integer NOT NULL CHECK (cells_total > 0),
  -- When measuring may stop: the half width of every interval as a share, rounds, seconds.
  relative_half_width  double precision NOT NULL CHECK (relative_half_width > 0),
  min_rounds           integer NOT NULL CHECK (min_rounds >= 1),
  max_rounds           integer NOT NULL CHECK (max_rounds >= min_rounds),
  time_budget_s        double precision NOT NULL CHECK (time_budget_s > 0),
  created_at   timestamptz NOT NULL,
  started_at   timestamptz,
  finished_at  timestamptz CHECK ((finished_at IS NOT NULL) = (state IN ('completed', 'cancelled')))
);

-- A repeated submission with the same key gets the first one's answer.
CREATE TABLE idempotency_key (
  owner        text NOT NULL,
  key          text NOT NULL CHECK (length(key) BETWEEN 1 AND 255),
  body_sha256  bytea NOT NULL,
  run_id       uuid NOT NULL REFERENCES run ON DELETE CASCADE,
  created_at   timestamptz NOT NULL,
  PRIMARY KEY (owner, key)
);

CREATE TABLE job (
  id                   uuid PRIMARY KEY,
  run_id               uuid NOT NULL REFERENCES run ON DELETE CASCADE,
  profile              text NOT NULL REFERENCES hardware_profile,
  priority             integer NOT NULL,
  -- Source of every random order in the job.
  seed                 bigint NOT NULL,
  state                text NOT NULL
                       CHECK (state IN ('queued', 'leased', 'finished', 'cancelled', 'failed')),
  attempts             integer NOT NULL DEFAULT 0,
  max_attempts         integer NOT NULL DEFAULT 3 CHECK (max_attempts >= 1),
  not_before           timestamptz NOT NULL,
  cancel_requested_at  timestamptz,
  -- The attempt whose results count. Moving this pointer is what makes results visible.
  current_fence        bigint,
  -- Cells that ended in the current attempt, and those of them that did not succeed.
  cells_done           integer NOT NULL DEFAULT 0 CHECK (cells_done >= 0),
  cells_failed         integer NOT NULL DEFAULT 0 CHECK (cells_failed BETWEEN 0 AND cells_done),
  reason               text,
  created_at           timestamptz NOT NULL,
  CHECK (state <> 'leased' OR current_fence IS NOT NULL),
  CHECK (state <> 'queued' OR current_fence IS NULL)
);
CREATE INDEX job_run ON job (run_id);
CREATE INDEX job_ready ON job (priority DESC, id) WHERE state = 'queued';

CREATE TABLE cell (
  id                uuid PRIMARY KEY,
  run_id            uuid NOT NULL REFERENCES run ON DELETE CASCADE,
  job_id            uuid NOT NULL REFERENCES job ON DELETE CASCADE,
  position          integer NOT NULL CHECK (position >= 0),
  -- Cells with the same number are measured in the same rounds and may be compared as pairs.
  comparison_group  integer NOT NULL CHECK (comparison_group >= 0),
  workload          text NOT NULL,
  workload_sha256   text NOT NULL,
  parameters        jsonb NOT NULL,
  tasks             integer NOT NULL CHECK (tasks >= 1),
  parallelism       integer NOT NULL CHECK (parallelism >= 1),
  model             text NOT NULL,
  interpreter       text NOT NULL,
  UNIQUE (run_id, position)
);
CREATE INDEX cell_job ON cell (job_id);

CREATE TABLE attempt (
  -- Grows with every lease: the later attempt has the greater number.
  fence             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  job_id            uuid NOT NULL REFERENCES job ON DELETE CASCADE,
  host_id           uuid NOT NULL REFERENCES host,
  agent             text NOT NULL,
  token_sha256      bytea NOT NULL CHECK (octet_length(token_sha256) = 32),
  sent              integer NOT NULL DEFAULT 1,
  leased_at         timestamptz NOT NULL,
  acked_at          timestamptz,
  lease_expires_at  timestamptz NOT NULL,
  ended_at          timestamptz,
  outcome           text CHECK (outcome IN ('succeeded', 'cancelled', 'infra_error', 'worker_lost',
                                            'not_acknowledged')),
  reason            text,
  current           text,
  seconds_left      double precision,
  CHECK ((ended_at IS NULL) = (outcome IS NULL))
);
CREATE INDEX attempt_job ON attempt (job_id);
-- A host measures one thing at a time, and a job is measured once at a time: whatever the code does.
CREATE UNIQUE INDEX attempt_open_host ON attempt (host_id) WHERE ended_at IS NULL;
CREATE UNIQUE INDEX attempt_open_job ON attempt (job_id) WHERE ended_at IS NULL;

ALTER TABLE job ADD FOREIGN KEY (current_fence) REFERENCES attempt;

CREATE TABLE chunk (
  fence      bigint NOT NULL REFERENCES attempt ON DELETE CASCADE,
  number     integer NOT NULL CHECK (number >= 0),
  sha256     bytea NOT NULL CHECK (octet_length(sha256) = 32),
  stored_at  timestamptz NOT NULL,
  PRIMARY KEY (fence, number)
);
