-- What each interpreter of a host runs, as probes have found.
CREATE TABLE model_support (
  host_id      uuid NOT NULL REFERENCES host ON DELETE CASCADE,
  interpreter  text NOT NULL,
  model        text NOT NULL,
  verdict      text NOT NULL CHECK (verdict IN ('supported', 'unsupported', 'import_error',
                                                'crash_import', 'crash_teardown', 'hang')),
  reason       text CHECK ((verdict = 'supported') = (reason IS NULL)),
  PRIMARY KEY (host_id, interpreter, model)
);
