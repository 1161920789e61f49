-- Saved run specifications of people; those that Lanes brings are files.
CREATE TABLE own_suite (
  id          uuid PRIMARY KEY,
  name        text NOT NULL UNIQUE CHECK (name ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$'),
  title       text NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
  about       text NOT NULL CHECK (length(about) <= 2000),
  -- As a run is submitted.
  run         jsonb NOT NULL,
  owner       text NOT NULL,
  changed_at  timestamptz NOT NULL,
  -- Grows with everything that somebody who changes it must have seen.
  version     bigint NOT NULL
);

CREATE TABLE schedule (
  id                  uuid PRIMARY KEY,
  name                text NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 200),
  -- Of a suite that is a file or a row; which of them there is is asked when it fires.
  suite               text NOT NULL,
  -- Five fields, read in the zone. Null: it is due by other triggers only.
  cron                text,
  zone                text CHECK (cron IS NULL OR zone IS NOT NULL),
  missed              text NOT NULL CHECK (missed IN ('skip', 'once')),
  paused              boolean NOT NULL,
  -- How many runs cron makes in all; null for no end.
  repetitions         integer CHECK (repetitions >= 1),
  on_new_interpreter  boolean NOT NULL CHECK (on_new_interpreter OR cron IS NOT NULL),
  labels              jsonb NOT NULL,
  -- Those of the suite where null.
  priority            integer,
  profiles            text[],
  owner               text NOT NULL,
  created_at          timestamptz NOT NULL,
  -- The first time that no firing stands for yet; null while nothing will be due.
  next_due_at         timestamptz CHECK (next_due_at IS NULL OR (cron IS NOT NULL AND NOT paused)),
  version             bigint NOT NULL
);
CREATE INDEX schedule_due ON schedule (next_due_at);

-- What became of each time at which a schedule was due.
CREATE TABLE firing (
  id           uuid PRIMARY KEY DEFAULT uuidv7(),
  schedule_id  uuid NOT NULL REFERENCES schedule ON DELETE CASCADE,
  due_at       timestamptz NOT NULL,
  fired_at     timestamptz NOT NULL,
  cause        text NOT NULL CHECK (cause IN ('cron', 'by_hand', 'new_interpreter')),
  outcome      text NOT NULL CHECK (outcome IN ('fired', 'skipped', 'failed')),
  -- Null where there is none, and after the run was deleted.
  run_id       uuid REFERENCES run ON DELETE SET NULL CHECK (run_id IS NULL OR outcome = 'fired'),
  reason       text CHECK (outcome <> 'skipped' OR reason IS NOT NULL),
  -- Why no run could be submitted, as that call would have been refused.
  problem      jsonb CHECK ((problem IS NOT NULL) = (outcome = 'failed')),
  -- However many servers look at a due time, one of them makes its firing, and with it the run.
  CONSTRAINT firing_once UNIQUE (schedule_id, due_at)
);
CREATE INDEX firing_run ON firing (run_id);

-- Builds that a schedule knows: another one on some host is new.
CREATE TABLE schedule_interpreter (
  schedule_id  uuid NOT NULL REFERENCES schedule ON DELETE CASCADE,
  interpreter  text NOT NULL,
  PRIMARY KEY (schedule_id, interpreter)
);

-- A repeated call that makes a suite, a schedule or a firing gets the first one's answer.
CREATE TABLE creation_key (
  owner        text NOT NULL,
  key          text NOT NULL CHECK (length(key) BETWEEN 1 AND 255),
  body_sha256  bytea NOT NULL CHECK (octet_length(body_sha256) = 32),
  made         uuid NOT NULL,
  created_at   timestamptz NOT NULL,
  PRIMARY KEY (owner, key)
);
