-- Which host may measure the jobs of which profile.
CREATE VIEW host_profile AS
  SELECT h.id AS host_id, p.name AS profile
  FROM host h CROSS JOIN hardware_profile p
  WHERE h.state = 'active';

-- The queue is shared among owners, so a job knows its own. What is earlier in it is more urgent:
-- a point of priority is worth 36 seconds of waiting, and does not change while it waits.
ALTER TABLE job ADD COLUMN owner text;
ALTER TABLE job ADD COLUMN urgency double precision;
UPDATE job
SET owner = (SELECT owner FROM run WHERE run.id = job.run_id),
    urgency = extract(epoch FROM created_at) - 36.0 * priority;
ALTER TABLE job ALTER COLUMN owner SET NOT NULL;
ALTER TABLE job ALTER COLUMN urgency SET NOT NULL;

-- Where the last try was lost; others go first until then.
ALTER TABLE job ADD COLUMN avoid_host_id uuid REFERENCES host ON DELETE SET NULL;
ALTER TABLE job ADD COLUMN avoid_until timestamptz;
ALTER TABLE job ADD CHECK ((avoid_host_id IS NULL) OR (avoid_until IS NOT NULL));

-- The last attempt from before somebody asked for a retry.
ALTER TABLE job ADD COLUMN forgiven_fence bigint NOT NULL DEFAULT 0;

DROP INDEX job_ready;
CREATE INDEX job_ready ON job (profile, owner, urgency, id) WHERE state = 'queued';

-- Nothing was heard of the worker in time: that tells against its host. A worker that was started
-- anew tells nothing.
ALTER TABLE attempt ADD COLUMN silent boolean NOT NULL DEFAULT false;
ALTER TABLE attempt ADD CHECK (NOT silent OR outcome = 'worker_lost');
CREATE INDEX attempt_host ON attempt (host_id, fence DESC);

-- Minutes of hosts that an owner has used, halved with every hour since.
CREATE TABLE owner_usage (
  owner    text PRIMARY KEY,
  minutes  double precision NOT NULL CHECK (minutes >= 0),
  at       timestamptz NOT NULL
);

-- One row: since when some server has looked for silent workers without a gap.
CREATE TABLE reaper_watch (
  one            boolean PRIMARY KEY DEFAULT true CHECK (one),
  looked_at      timestamptz NOT NULL,
  healthy_since  timestamptz NOT NULL
);
INSERT INTO reaper_watch (looked_at, healthy_since) VALUES ('-infinity', '-infinity');
