package dev.lanes.run;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.repository.Repository;

interface RunRepository extends Repository<Run, UUID> {

  Run save(Run run);

  Optional<Run> findById(UUID id);

  void flush();

  boolean existsBy();

  boolean existsByIdAndFinishedAtIsNotNull(UUID id);

  List<Run> findAllByOrderByIdDesc(Limit limit);

  List<Run> findByIdLessThanOrderByIdDesc(UUID id, Limit limit);
}
