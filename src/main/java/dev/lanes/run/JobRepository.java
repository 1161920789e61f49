package dev.lanes.run;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.repository.Repository;

interface JobRepository extends Repository<Job, UUID> {

  Job save(Job job);

  List<Job> findByRunId(UUID runId);

  Optional<Job> findById(UUID id);
}
