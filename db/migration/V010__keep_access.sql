ALTER TABLE token
  -- Null: it never expires.
  ADD COLUMN expires_at   timestamptz CHECK (expires_at > created_at),
  -- To the minute, so that not every call writes.
  ADD COLUMN last_used_at timestamptz;

-- Secrets by which a worker gets its token, once.
CREATE TABLE enrolment (
  id           uuid PRIMARY KEY,
  -- The host that the worker's token will be bound to, named as hosts are.
  host_name    text NOT NULL CHECK (host_name ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$'),
  -- The secret itself is shown once and kept nowhere.
  sha256       bytea NOT NULL UNIQUE CHECK (octet_length(sha256) = 32),
  created_at   timestamptz NOT NULL,
  expires_at   timestamptz NOT NULL CHECK (expires_at > created_at),
  used_at      timestamptz CHECK (used_at < expires_at)
);
CREATE INDEX enrolment_host ON enrolment (host_name);

-- Who did what. Each row carries the digest of the one before it, so that a row that is changed or
-- taken out by whoever owns the table does not go unnoticed.
CREATE TABLE audit (
  -- From 1 without a gap; given by the trigger below, as are the two digests.
  id              bigint PRIMARY KEY CHECK (id >= 1),
  at              timestamptz NOT NULL,
  -- Name of the token's holder; 'lanes' for what the server does by itself.
  actor           text NOT NULL,
  -- Null for the server itself, and for a worker that enrols.
  role            text CHECK (role IN ('viewer', 'submitter', 'admin', 'worker')),
  action          text NOT NULL CHECK (action ~ '^[a-z][a-z_]*$'),
  -- Id of what it was done to.
  subject         text NOT NULL,
  detail          jsonb NOT NULL,
  -- Null for what no call asked for.
  remote_address  text,
  -- Unique, so that the chain never forks. Before the first row there are 32 zeros.
  previous_hash   bytea NOT NULL UNIQUE CHECK (octet_length(previous_hash) = 32),
  hash            bytea NOT NULL CHECK (octet_length(hash) = 32)
);

-- The digest that a row must have. An array in JSON keeps its fields apart, whatever they hold; the
-- time is in microseconds, because its text depends on the session's time zone.
CREATE FUNCTION audit_hash(entry audit) RETURNS bytea
LANGUAGE sql STABLE
RETURN sha256(convert_to(
  jsonb_build_array(
    encode((entry).previous_hash, 'hex'),
    (entry).id,
    (extract(epoch FROM (entry).at) * 1000000)::bigint,
    (entry).actor,
    (entry).role,
    (entry).action,
    (entry).subject,
    (entry).detail,
    (entry).remote_address)::text,
  'UTF8'));

CREATE FUNCTION chain_audit() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  -- One writer at a time, until its transaction ends: the next one has to see this row.
  PERFORM pg_advisory_xact_lock(hashtextextended('audit', 0));
  SELECT a.id + 1, a.hash INTO NEW.id, NEW.previous_hash
  FROM audit a
  ORDER BY a.id DESC
  LIMIT 1;
  IF NOT FOUND THEN
    NEW.id := 1;
    NEW.previous_hash := decode(repeat('00', 32), 'hex');
  END IF;
  NEW.hash := audit_hash(NEW);
  RETURN NEW;
END
$$;

CREATE TRIGGER audit_chained
BEFORE INSERT ON audit
FOR EACH ROW EXECUTE FUNCTION chain_audit();

CREATE FUNCTION refuse_audit_change() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'audit is append-only: % is refused', TG_OP;
END
$$;

CREATE TRIGGER audit_append_only
BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();
