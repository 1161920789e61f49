-- What of a host decides whether figures may be compared over time. A host that returns to an
-- earlier environment gets the earlier row.
CREATE TABLE environment (
  id             uuid PRIMARY KEY,
  host_id        uuid NOT NULL REFERENCES host ON DELETE CASCADE,
  -- SHA-256 in hex over the facts in a fixed order.
  fingerprint    text NOT NULL CHECK (fingerprint ~ '^[0-9a-f]{64}$'),
  facts          jsonb NOT NULL,
  first_seen_at  timestamptz NOT NULL,
  UNIQUE (host_id, fingerprint)
);

ALTER TABLE host
  -- None for a host whose worker has not reported since environments are kept.
  ADD COLUMN environment_id uuid REFERENCES environment,
  -- Why the host is in its state; none for an active one.
  ADD COLUMN state_reason text,
  ADD COLUMN labels jsonb NOT NULL DEFAULT '{}',
  -- Grows with everything that somebody who changes the state must have seen.
  ADD COLUMN version bigint NOT NULL DEFAULT 0;

-- What happened to a host. Rows are only ever added.
CREATE TABLE host_event (
  -- Also the order: two events of one report have the same time.
  id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  host_id  uuid NOT NULL REFERENCES host ON DELETE CASCADE,
  at       timestamptz NOT NULL,
  kind     text NOT NULL CHECK (kind IN ('first_seen', 'environment_changed', 'interpreter_found',
                                         'interpreter_gone', 'quarantined', 'released', 'draining',
                                         'reviewed')),
  -- Name of whoever did it; none for the server itself.
  actor    text,
  reason   text CHECK (kind NOT IN ('released', 'reviewed') OR reason IS NOT NULL),
  detail   jsonb NOT NULL
);
CREATE INDEX host_event_host ON host_event (host_id, id DESC);

ALTER TABLE hardware_profile
  ADD CONSTRAINT hardware_profile_name CHECK (name ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$'),
  -- Fewest logical processors; also how many of them are measured on.
  ADD COLUMN cores integer CHECK (cores >= 1),
  -- Part of the name of the processor, whatever its case.
  ADD COLUMN cpu text CHECK (length(cpu) BETWEEN 1 AND 200),
  ADD COLUMN memory_bytes bigint CHECK (memory_bytes >= 1),
  ADD COLUMN architecture text CHECK (length(architecture) BETWEEN 1 AND 63),
  -- Each of them must be the same on the host.
  ADD COLUMN labels jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(labels) = 'object'),
  ADD COLUMN version bigint NOT NULL DEFAULT 0,
  -- Every run may count on it.
  ADD CONSTRAINT hardware_profile_any CHECK (
    name <> 'any' OR (cores IS NULL AND cpu IS NULL AND memory_bytes IS NULL
                      AND architecture IS NULL AND labels = '{}'));

-- Which host may be given the jobs of which profile.
CREATE OR REPLACE VIEW host_profile AS
SELECT h.id AS host_id, p.name AS profile
FROM host h
JOIN hardware_profile p
  -- What a host does not tell fulfils nothing: a comparison with null is not true.
  ON (p.cores IS NULL OR h.cores >= p.cores)
 AND (p.cpu IS NULL OR strpos(lower(h.facts ->> 'cpu_model'), lower(p.cpu)) > 0)
 AND (p.memory_bytes IS NULL OR h.memory_bytes >= p.memory_bytes)
 AND (p.architecture IS NULL OR h.architecture = p.architecture)
 AND h.labels @> p.labels
WHERE h.state = 'active';
