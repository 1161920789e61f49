-- Statements of people, each measured by a suite that is a file or a row; those that Lanes brings
-- are files. A claim is never changed: who wants another condition makes another claim.
CREATE TABLE own_claim (
  -- Those of files begin with a capital letter.
  id          text PRIMARY KEY CHECK (id ~ '^[a-z0-9][a-z0-9-]{0,39}$'),
  -- What the audit tells of.
  uid         uuid NOT NULL DEFAULT uuidv7(),
  suite       text NOT NULL,
  -- Statement, source, needs and conditions, as they were sent.
  definition  jsonb NOT NULL CHECK (jsonb_typeof(definition) = 'object'),
  owner       text NOT NULL,
  created_at  timestamptz NOT NULL
);
