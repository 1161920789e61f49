package dev.lanes.run;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.repository.Repository;

interface CellRepository extends Repository<Cell, UUID> {

  <T extends Cell> List<T> saveAll(Iterable<T> cells);

  Optional<Cell> findById(UUID id);

  List<Cell> findByRunIdAndPositionGreaterThanOrderByPosition(UUID runId, int after, Limit limit);

  List<Cell> findByRunIdAndRoleAndPositionGreaterThanOrderByPosition(
      UUID runId, String role, int after, Limit limit);

  List<Cell> findByJobIdOrderByPosition(UUID jobId);
}
