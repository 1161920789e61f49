-- What a suite found last is asked for by the label that its runs carry.
CREATE INDEX run_by_suite ON run ((labels ->> 'suite'), id DESC) WHERE state = 'completed';
