-- What an interpreter cannot run has an outcome, but nothing about it failed.
ALTER TABLE job ADD COLUMN cells_unsupported integer NOT NULL DEFAULT 0;

UPDATE job j
SET cells_unsupported = u.cells,
    cells_failed = j.cells_failed - u.cells
FROM (SELECT c.job_id, r.fence, count(*) AS cells
      FROM cell_result r JOIN cell c ON c.id = r.cell_id
      WHERE r.outcome = 'unsupported' AND c.role = 'subject'
      GROUP BY c.job_id, r.fence) u
WHERE u.job_id = j.id AND u.fence = j.current_fence;

ALTER TABLE job ADD CONSTRAINT job_cells_unsupported
  CHECK (cells_unsupported BETWEEN 0 AND cells_done - cells_failed);
