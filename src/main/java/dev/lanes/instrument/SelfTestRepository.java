package dev.lanes.instrument;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

interface SelfTestRepository extends Repository<SelfTest, UUID> {

  SelfTest save(SelfTest report);

  Optional<SelfTest> findById(UUID id);

  List<SelfTest> findByIdLessThanOrderByIdDesc(UUID before, Limit limit);

  List<SelfTest> findByNameAndIdLessThanOrderByIdDesc(String name, UUID before, Limit limit);

  /** The last of each name and host; ids grow with time. */
  @Query(
      nativeQuery = true,
      value =
          """
          SELECT DISTINCT ON (name, host_name) *
          FROM self_test
          ORDER BY name, host_name, id DESC
          """)
  List<SelfTest> findLatest();
}
