-- Addresses of people that are told of what happens here.
CREATE TABLE webhook (
  id          uuid PRIMARY KEY,
  url         text NOT NULL CHECK (length(url) BETWEEN 1 AND 2000),
  events      text[] NOT NULL CHECK (cardinality(events) > 0),
  -- What deliveries are signed with. It must be known to sign, so it is no digest.
  secret      bytea NOT NULL CHECK (octet_length(secret) = 32),
  paused      boolean NOT NULL,
  owner       text NOT NULL,
  version     bigint NOT NULL DEFAULT 1,
  created_at  timestamptz NOT NULL
);

-- The outbox: a row is written together with what it tells of, or neither is.
CREATE TABLE delivery (
  id            uuid PRIMARY KEY,
  webhook_id    uuid NOT NULL REFERENCES webhook ON DELETE CASCADE,
  -- The same for every webhook that is told, and for every try: receivers know a repetition by it.
  event_id      uuid NOT NULL,
  type          text NOT NULL,
  body          text NOT NULL,
  state         text NOT NULL CHECK (state IN ('waiting', 'delivered', 'given_up')),
  tries         integer NOT NULL DEFAULT 0 CHECK (tries >= 0),
  next_try_at   timestamptz CHECK ((next_try_at IS NOT NULL) = (state = 'waiting')),
  -- Of the last try: the answer's status, or why there was none.
  status        integer,
  failure       text,
  created_at    timestamptz NOT NULL,
  tried_at      timestamptz,
  UNIQUE (webhook_id, event_id)
);
CREATE INDEX delivery_due ON delivery (next_try_at) WHERE state = 'waiting';
CREATE INDEX delivery_log ON delivery (webhook_id, id DESC);
