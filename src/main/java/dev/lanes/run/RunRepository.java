package dev.lanes.run;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

interface RunRepository extends Repository<Run, UUID> {

  Run save(Run run);

  Optional<Run> findById(UUID id);

  void flush();

  boolean existsBy();

  boolean existsByIdAndFinishedAtIsNotNull(UUID id);

  /** A run of a suite that has been measured. */
  interface OfSuite {

    UUID getId();

    String getSuite();

    Instant getFinished();
  }

  /** The newest completed runs of each suite, the newest first. */
  @Query(
      nativeQuery = true,
      value =
          """
          SELECT id, suite, finished_at AS finished
          FROM (
            SELECT id, labels ->> 'suite' AS suite, finished_at,
                   row_number() OVER (PARTITION BY labels ->> 'suite' ORDER BY id DESC) AS place
            FROM run
            WHERE labels ->> 'suite' IN (:suites) AND state = 'completed') AS of_suite
          WHERE place <= :each
          ORDER BY id DESC
          """)
  List<OfSuite> completed(Collection<String> suites, int each);

  List<Run> findAllByOrderByIdDesc(Limit limit);

  List<Run> findByIdLessThanOrderByIdDesc(UUID id, Limit limit);
}
