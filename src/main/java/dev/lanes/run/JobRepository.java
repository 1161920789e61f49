package dev.lanes.run;

import java.util.UUID;
import org.springframework.data.repository.Repository;

interface JobRepository extends Repository<Job, UUID> {

  Job save(Job job);
}
